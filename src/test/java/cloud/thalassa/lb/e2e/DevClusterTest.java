package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code dev-cluster} says to those who err, before it touches anything. */
class DevClusterTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start",
        "--fast up",
        "--name",
        "--name Dev up",
        "--name a-b up",
        "up --nodes 0",
        "up --nodes",
        "up --kube-proxy-sync soon",
        "up --pod-security strict",
        "up --audit-log maybe",
        "up --verbose yes"
      })
  void usageErrorsAreOneSentenceAndExitWithTwo(String arguments) {
    assertThat(failure(2, arguments)).startsWith("dev-cluster: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"kubeconfig", "load-images", "exec true", "node 1 stop", "etcd save a", "route 1"})
  void whatNeedsAClusterSaysThatItIsNotUp(String arguments) {
    assertThat(failure(1, arguments)).contains("is not up").contains("up)");
  }

  private String failure(int code, String arguments) {
    var command = new ArrayList<String>();
    command.add(KubeTools.REPOSITORY.resolve("bin/dev-cluster").toString());
    command.addAll(List.of(arguments.split(" ")));
    var environment = Map.of("DEV_CLUSTER", "none", "XDG_CACHE_HOME", directory.toString());
    var child = Child.start("dev-cluster", directory.resolve("log"), environment, command);
    assertThat(child.exitCode(20)).as(child.output()).isEqualTo(code);
    assertThat(child.output().strip().lines()).as(child.output()).hasSize(1);
    return child.output();
  }
}
