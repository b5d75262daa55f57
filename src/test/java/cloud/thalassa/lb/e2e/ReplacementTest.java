package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.e2e.traffic.Load;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Replicas come and go under load, and who leads clients to them hears of it a second later. */
class ReplacementTest {
  private static final Duration LAG = Duration.ofSeconds(1);

  private static Tenant tenant;
  private static TargetPod target;
  private static Front front;

  /** Of a replica; another number replaces the pods. */
  private static int millicores = 100;

  @BeforeAll
  static void apply() {
    Platform.get();
    tenant = new Tenant("replacement");
    target = tenant.pod("web-1", "{app: web}", 8080);
    front = new Front(tenant, "web", LAG);
    tenant.apply(loadBalancer(2));
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: web}
        spec: {loadBalancerRef: {name: web}, protocol: TCP, port: 80, targetGroupRef: {name: web}}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: web}
        spec: {protocol: TCP, port: 8080, selector: {matchLabels: {app: web}}}
        """);
    front.awaitThat("two replicas serve", now -> now.size() == 2);
  }

  @AfterAll
  static void end() {
    front.close();
    tenant.close();
    target.close();
  }

  private static String loadBalancer(int replicas) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: web}
        spec:
          scheme: Internal
          replicas: %d
          dataplane: {resources: {requests: {cpu: %dm, memory: 128Mi}}}
        """
        .formatted(replicas, millicores);
  }

  @Test
  void moreAndFewerReplicasRefuseNobody() throws Exception {
    try (var load = Load.start(front, 80)) {
      tenant.apply(loadBalancer(4));
      front.awaitThat("four replicas serve", now -> now.size() == 4);
      awaitMore(load);
      tenant.apply(loadBalancer(2));
      front.awaitThat("two replicas serve", now -> now.size() == 2);
      awaitMore(load);
      assertNothingWasLost(load);
    }
  }

  @Test
  void anUpgradeRefusesNobody() throws Exception {
    var before = front.now();
    try (var load = Load.start(front, 80)) {
      millicores++;
      tenant.apply(loadBalancer(2));
      front.awaitThat("two others serve", now -> now.size() == 2 && disjoint(now, before));
      awaitMore(load);
      assertNothingWasLost(load);
    }
  }

  @Test
  void theOnlyReplicaWaitsForItsSuccessor() throws Exception {
    tenant.apply(loadBalancer(1));
    front.awaitThat("one replica serves", now -> now.size() == 1);
    var before = front.now();
    try (var load = Load.start(front, 80)) {
      awaitMore(load);
      var pod = tenant.dataplanePods("web", before).getFirst();
      tenant.client.pods().inNamespace(tenant.namespace).withName(pod).delete();
      front.awaitThat("another serves", now -> now.size() == 1 && disjoint(now, before));
      awaitMore(load);
      assertNothingWasLost(load);
    } finally {
      tenant.apply(loadBalancer(2));
      front.awaitThat("two replicas serve", now -> now.size() == 2);
    }
  }

  @Test
  void theStatusSaysHowLongAChangeTook() {
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: more}
        spec: {loadBalancerRef: {name: web}, protocol: TCP, port: 81, targetGroupRef: {name: web}}
        """);
    tenant.awaitReady("more");
    var revision = tenant.revision("web");
    await()
        .atMost(Tenant.PATIENCE)
        .untilAsserted(
            () -> {
              var change = tenant.get(LoadBalancer.class, "web").getStatus().lastChange();
              assertThat(change).isNotNull();
              assertThat(change.revision()).isEqualTo(revision);
              assertThat(change.connectionsReset()).isZero();
              assertThat(change.appliedInMilliseconds()).isPositive();
            });
  }

  private static boolean disjoint(Set<String> some, Set<String> others) {
    var both = new HashSet<>(some);
    both.retainAll(others);
    return both.isEmpty();
  }

  /** Past the lag, too: it is about those who hear of the change last. */
  private static void awaitMore(Load load) {
    var until = System.nanoTime() + LAG.multipliedBy(2).toNanos();
    var before = load.opened();
    await("new connections are served")
        .atMost(Tenant.PATIENCE)
        .until(() -> System.nanoTime() > until && load.opened() > before + 200);
  }

  private static void assertNothingWasLost(Load load) {
    var result = load.stop();
    assertThat(result.refused()).isEmpty();
    assertThat(result.cut()).isEmpty();
    assertThat(result.messages()).isPositive();
  }
}
