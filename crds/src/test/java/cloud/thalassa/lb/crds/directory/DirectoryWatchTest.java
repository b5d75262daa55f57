package cloud.thalassa.lb.crds.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWatchTest {
  @TempDir Path root;

  @Test
  void noticesFilesInDirectoriesThatAreNewThemselves() throws Exception {
    var calls = new Semaphore(0);
    try (var watch = DirectoryWatch.start(root, calls::release)) {
      var directory = Files.createDirectories(root.resolve("a/b"));
      assertThat(calls.tryAcquire(10, TimeUnit.SECONDS)).isTrue();

      Files.writeString(directory.resolve("x.yaml"), "1");
      assertThat(calls.tryAcquire(10, TimeUnit.SECONDS)).isTrue();

      Files.delete(directory.resolve("x.yaml"));
      assertThat(calls.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
