package cloud.thalassa.lb.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The example of the README, as a user applies it. */
class FirstByteTest {
  private static final Cluster CLUSTER = Cluster.get();
  private static final Map<String, String> WEB = Map.of("app", "web");
  private static Tenant tenant;
  private static String url;

  @BeforeAll
  static void apply() {
    var begin = System.nanoTime();
    Installation.get();
    report("installation, until everything is ready", begin);
    tenant = CLUSTER.tenant("first-byte");
    begin = System.nanoTime();
    tenant.applyExample();
    tenant.awaitReady("web-http");
    report("the example, from apply to Ready", begin);
    url = "http://" + tenant.address("web") + "/";
  }

  @AfterAll
  static void end() {
    if (tenant != null) {
      tenant.close();
    }
  }

  @Test
  void answersAPod() {
    var pod = CLUSTER.awaitPods(tenant.namespace(), WEB, 2).getFirst().getMetadata().getName();
    assertThatAnswersComeFromTargets(
        () -> CLUSTER.kubectl("exec", "-n", tenant.namespace(), pod, "--", "/web", "get", url));
  }

  @Test
  void answersWhoeverIsOutsideTheNodesThroughEachOfThem() {
    CLUSTER.assumeOurs();
    try {
      for (var node : CLUSTER.nodes()) {
        CLUSTER.enterThrough(node);
        assertThatAnswersComeFromTargets(
            () -> Place.OUTSIDE.run("curl", "-sS", "--fail", "--max-time", "3", url));
      }
    } finally {
      CLUSTER.enterThrough(CLUSTER.nodes().getFirst());
    }
  }

  @Test
  void hasReplicasInDifferentZones() {
    assertThat(tenant.dataplanes("web", 2))
        .extracting(pod -> CLUSTER.node(pod.getSpec().getNodeName()).zone())
        .doesNotHaveDuplicates();
  }

  /** The first byte may come a moment after Ready: kube-proxy of a node follows on its own. */
  private static void assertThatAnswersComeFromTargets(Supplier<String> ask) {
    var targets =
        CLUSTER.awaitPods(tenant.namespace(), WEB, 2).stream()
            .map(Pod::getMetadata)
            .map(it -> it.getName())
            .toList();
    await("an answer from " + url)
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(targets).contains(ask.get().strip()));
  }

  private static void report(String what, long beginNanos) {
    var taken = Duration.ofNanos(System.nanoTime() - beginNanos);
    System.out.printf("e2e | %s | %.1f s%n", what, taken.toMillis() / 1000.0);
  }
}
