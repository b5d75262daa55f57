package cloud.thalassa.lb.dataplane.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.directory.DocumentFiles;
import cloud.thalassa.lb.dataplane.table.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySourceTest {
  @TempDir Path directory;
  private final List<Documents> seen = new CopyOnWriteArrayList<>();
  private Path root;
  private DirectorySource source;

  @BeforeEach
  void open() {
    root = directory.resolve("compiled");
    source = new DirectorySource(new DocumentFiles(root));
  }

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void handsOverWhatIsThereAtOnceAndEveryChange() throws IOException {
    Yaml.config(root, "r1", "1");
    Yaml.slice(root, "s", "10.0.0.1");

    source.follow(seen::add);

    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().configs())
        .extracting(c -> c.getSpec().revision())
        .containsExactly("r1");
    assertThat(seen.getFirst().slices()).hasSize(1);
    Yaml.config(root, "r2", "1");
    await().until(() -> seen.getLast().configs().getFirst().getSpec().revision().equals("r2"));
    Files.delete(root.resolve("shop/ForwardingConfig/web.yaml"));
    await().until(() -> seen.getLast().configs().isEmpty());
  }

  @Test
  void startsWithADirectoryThatIsNotThereYet() throws IOException {
    source.follow(seen::add);

    assertThat(seen.getFirst().configs()).isEmpty();
    Yaml.config(root, "r1", "1");
    await().until(() -> !seen.getLast().configs().isEmpty());
  }

  @Test
  void saysWhichConfigurationCannotBeRead() throws IOException {
    Yaml.config(root, "r1", "{garbage");

    source.follow(seen::add);

    assertThat(seen.getFirst().configs()).isEmpty();
    assertThat(seen.getFirst().unreadable()).containsOnlyKeys("shop/web");
    assertThat(seen.getFirst().unreadable().get("shop/web"))
        .startsWith("the newest ForwardingConfig, " + root)
        .doesNotContain("\n");
  }

  @Test
  void keepsASliceThatCannotBeReadAnyMore() throws IOException {
    Yaml.slice(root, "s", "10.0.0.1");
    source.follow(seen::add);

    Yaml.write(root, "EndpointSlice/s", "endpoints: {what: is this");
    Yaml.slice(root, "t", "10.0.0.2");

    await().until(() -> seen.getLast().slices().size() == 2);
    assertThat(seen.getLast().slices())
        .extracting(s -> s.getEndpoints().getFirst().getAddresses().getFirst())
        .containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2");
  }

  @Test
  void cannotFollowAFile() throws IOException {
    Files.writeString(root, "");

    assertThatThrownBy(() -> source.follow(seen::add))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot be watched");
  }
}
