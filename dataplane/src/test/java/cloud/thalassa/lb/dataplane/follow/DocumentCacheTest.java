package cloud.thalassa.lb.dataplane.follow;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.directory.DocumentFiles;
import cloud.thalassa.lb.dataplane.table.Documents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentCacheTest {
  @TempDir Path directory;
  @TempDir Path cluster;

  @Test
  void isEmptyBeforeAnythingWasKnown() throws IOException {
    Yaml.slice(directory, "s", "10.0.0.1");

    assertThat(new DocumentCache(directory).read()).isEmpty();
  }

  @Test
  void remembersWhatWasWrittenLast() throws IOException {
    Yaml.config(cluster, "r1", "1");
    Yaml.slice(cluster, "s", "10.0.0.1");
    var cache = new DocumentCache(directory);
    cache.write(known());
    Yaml.slice(cluster, "s", "10.0.0.2");
    cache.write(known());

    assertThat(new DocumentCache(directory).read()).contains(known());
  }

  @Test
  void forgetsWhatIsGoneEvenIfAnEarlierProcessWroteIt() throws IOException {
    Yaml.config(cluster, "r1", "1");
    Yaml.slice(cluster, "s", "10.0.0.1");
    new DocumentCache(directory).write(known());
    var cache = new DocumentCache(directory);
    cache.read();

    cache.write(new Documents(known().configs(), List.of(), List.of(), Map.of()));

    assertThat(new DocumentCache(directory).read().orElseThrow().slices()).isEmpty();
  }

  @Test
  void keepsTheLastGoodConfiguration() throws IOException {
    Yaml.config(cluster, "r1", "1");
    var cache = new DocumentCache(directory);
    cache.write(known());

    Yaml.config(cluster, "r2", "2");
    cache.write(known());
    assertRevision("r1");
    cache.write(new Documents(List.of(), List.of(), List.of(), Map.of("shop/web", "garbage")));
    assertRevision("r1");
    Yaml.config(cluster, "r3", "1");
    cache.write(known());
    assertRevision("r3");
    cache.write(new Documents(List.of(), List.of(), List.of(), Map.of()));
    assertThat(new DocumentCache(directory).read()).isEmpty();
  }

  private void assertRevision(String revision) {
    assertThat(new DocumentCache(directory).read().orElseThrow().configs())
        .extracting(c -> c.getSpec().revision())
        .containsExactly(revision);
  }

  private Documents known() {
    return new FileReader(new DocumentFiles(cluster)).read();
  }
}
