package cloud.thalassa.lb.e2e.kube;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Where the repository, and etcd, kube-apiserver and kubectl are. */
public final class KubeTools {
  /** The root of the repository. */
  public static final Path REPOSITORY = repository();

  private KubeTools() {}

  private static Path repository() {
    var directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("bin/kube-tools"))) {
      directory = directory.getParent();
    }
    return directory;
  }

  /** Logs and data of a test run. */
  public static Path target() {
    return REPOSITORY.resolve("src/test/target");
  }

  /** A directory in there for the data of one process, without what an earlier run left. */
  public static Path empty(String name) throws IOException {
    var directory = target().resolve(name);
    if (Files.exists(directory)) {
      try (var files = Files.walk(directory)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(directory);
  }

  /** kubectl of the API server's version. */
  public static Path kubectl() {
    return directory().resolve("kubectl");
  }

  static Path directory() {
    return pathOf("bin/kube-tools");
  }

  /** The kinds of the Gateway API, as YAML. */
  public static Path gatewayApi() {
    return pathOf("bin/gateway-api");
  }

  /** What a tool has got or built before: tests reach for nothing. */
  private static Path pathOf(String tool) {
    try {
      var process =
          new ProcessBuilder(REPOSITORY.resolve(tool).toString(), "path")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      var path = new String(process.getInputStream().readAllBytes()).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("what the tests need is not there: run " + tool);
      }
      return Path.of(path);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(tool + " could not be run", e);
    }
  }
}
