package cloud.thalassa.lb.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code kubectl lb} reaches replicas where nothing else gets to their management port. */
class PluginTest {
  private static final Cluster CLUSTER = Cluster.get();
  private static Tenant shop;

  @BeforeAll
  static void everythingStartsWithPolicies() {
    CLUSTER.assumeOurs();
    var installation = Installation.get();
    CLUSTER.networkPolicies(true);
    installation.restart();
    shop = CLUSTER.tenant("plugin");
    shop.applyExample();
    shop.awaitReady("web-http");
  }

  @AfterAll
  static void end() {
    CLUSTER.networkPolicies(false);
    if (shop != null) {
      shop.close();
    }
  }

  @Test
  void aReplicaExplainsThroughItsKubelet() {
    assertThat(plugin("explain", "--from", "203.0.113.7:4431", "--to", "web:80"))
        .containsPattern("Asked: +replica lb-web-")
        .containsPattern("Verdict: +admitted: ");
  }

  @Test
  void allReplicasAreAddedUp() {
    assertThat(plugin("top", "web", "--once"))
        .contains("Load balancer " + shop.namespace() + "/web: ")
        .contains(" on 2 replicas\n");
  }

  @Test
  void theRestIsSaidByTheApiServer() {
    assertThat(plugin("list")).containsPattern("web +Ready ");
    assertThat(plugin("get", "web")).containsPattern("Target group web: .*2/2 healthy");
  }

  private static String plugin(String... arguments) {
    var command =
        new ArrayList<>(List.of(KubeTools.REPOSITORY.resolve("bin/kubectl-lb").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-n", shop.namespace()));
    return Command.run(command);
  }
}
