package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.e2e.kube.Cluster;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kubectl lb} says to those who ask how, and to those who err. */
class PluginUsageTest {
  private static final Cluster CLUSTER = Cluster.get();

  private static Plugin plugin() throws Exception {
    return new Plugin(CLUSTER.api().kubeconfig(), "default");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "list --help",
        "get --help",
        "explain --help",
        "diff --help",
        "top --help",
        "events --help",
        "get --version"
      })
  void answers(String arguments) throws Exception {
    var said = plugin().plain(arguments.split(" "));
    assertThat(said.code()).as(said.output()).isZero();
    assertThat(said.output()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "serve",
        "list --fast",
        "list -o xml",
        "list too many",
        "get",
        "get web --replicas",
        "events -n",
        "events web -A",
        "explain --from 203.0.113.7:1",
        "explain --from 203.0.113.7 --to web:80",
        "explain --from 203.0.113.7:1 --to web",
        "diff",
        "top --interval soon",
        "--verbose"
      })
  void usageErrorsAreOneSentenceAndExitWithTwo(String arguments) throws Exception {
    var said = plugin().plain(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    assertThat(said.code()).as(said.output()).isEqualTo(2);
    assertThat(said.output().strip().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"list --kubeconfig /nonexistent", "list --context nowhere"})
  void failuresAreOneSentenceAndExitWithOne(String arguments) throws Exception {
    var said = plugin().plain(arguments.split(" "));
    assertThat(said.code()).as(said.output()).isEqualTo(1);
    assertThat(said.output().strip().lines()).hasSize(1);
  }

  @Test
  void aClusterThatIsNotThereIsOneSentence() throws Exception {
    var kubeconfig = CLUSTER.api().kubeconfig();
    var dead = Files.createTempFile("dead", ".kubeconfig");
    Files.writeString(dead, Files.readString(kubeconfig).replace(":6443", ":1"));
    var said = new Plugin(dead, "default").plain("list");
    assertThat(said.code()).as(said.output()).isEqualTo(1);
    assertThat(said.output())
        .startsWith("kubectl lb: the cluster cannot be asked: ")
        .satisfies(it -> assertThat(it.strip().lines()).hasSize(1));
  }
}
