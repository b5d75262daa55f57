package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.HealthReportSpec;
import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus.LastFailover;
import cloud.thalassa.lb.crds.ReplicaReport;
import cloud.thalassa.lb.e2e.kube.Node;
import cloud.thalassa.lb.e2e.traffic.Client;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Replicas and health checkers die, and nobody tells: the kubelet of a victim is silent. How long a
 * failover took is printed.
 */
class FailoverTest {
  private static Platform platform;
  private static Tenant tenant;
  private static Node node;
  private static TargetPod one;
  private static TargetPod two;
  private static Front front;

  @BeforeAll
  static void apply() {
    platform = Platform.get();
    platform.scale("healthchecker", 2);
    tenant = new Tenant("failover");
    node = tenant.cluster.node();
    one = tenant.pod("web-1", "{app: web}", 8080);
    two = tenant.pod("web-2", "{app: web}", 8080);
    front = new Front(tenant, "web", Duration.ZERO);
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: web}
        spec: {scheme: Internal}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: web}
        spec: {loadBalancerRef: {name: web}, protocol: TCP, port: 80, targetGroupRef: {name: web}}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: web}
        spec:
          protocol: TCP
          port: 8080
          selector: {matchLabels: {app: web}}
          healthCheck: {intervalSeconds: 1, timeoutSeconds: 1, healthyThreshold: 1, unhealthyThreshold: 1}
        """);
  }

  @AfterAll
  static void end() {
    front.close();
    tenant.close();
    one.close();
    two.close();
    platform.scale("healthchecker", 1);
  }

  @BeforeEach
  void everythingIsWatched() {
    front.awaitThat("two replicas serve", now -> now.size() == 2);
    await("both health checkers watch over every replica, and see those of the test alive")
        .atMost(Tenant.PATIENCE)
        .until(
            () ->
                platform.pods("healthchecker").stream()
                    .allMatch(pod -> watched(pod) == replicas() && foundDead(pod) == 0));
  }

  @Test
  void aKilledReplicaIsOutAtOnce() throws Exception {
    var before = Instant.now();
    var victim = fail("killed", pod -> node.process(tenant.namespace, pod).kill());
    assertThat(Client.ask(front.get(), 80)).startsWith("web-");
    told(victim, before);
  }

  @Test
  void aReplicaIsOutThoughTheLeaderOfTheOperatorIsLostWithIt() throws Exception {
    platform.scale("operator", 2);
    var leader = platform.leader();
    node.forsake(Platform.NAMESPACE, leader);
    node.process(Platform.NAMESPACE, leader).signal("STOP");
    var before = Instant.now();
    try {
      var victim =
          fail("killed with the leader", pod -> node.process(tenant.namespace, pod).kill());
      assertThat(platform.leader()).as("nobody else leads yet").isEqualTo(leader);
      assertThat(Client.ask(front.get(), 80)).startsWith("web-");
      var last = told(victim, before);
      assertThat(platform.leader()).as("who tells is the next leader").isNotEqualTo(leader);
      assertThat(Instant.parse(last.time()))
          .as("when it was, and not when it was told")
          .isBefore(platform.lease().getSpec().getAcquireTime().toInstant());
      front.awaitThat("another is in its place", now -> now.size() == 2);
    } finally {
      node.process(Platform.NAMESPACE, leader).signal("CONT");
      node.recover(Platform.NAMESPACE, leader);
      platform.scale("operator", 1);
    }
    front.awaitThat("both serve still", now -> now.size() == 2);
  }

  /** Waits until the status and an Event say that it died since then; it may have died before. */
  private static LastFailover told(String victim, Instant since) {
    var last =
        await("the status says so")
            .atMost(Tenant.PATIENCE.multipliedBy(2))
            .until(
                () -> tenant.get(LoadBalancer.class, "web").getStatus().lastFailover(),
                failover -> failover != null && isSince(failover.time(), since));
    assertThat(last.cause()).contains(victim).contains(" is dead: ");
    await("an Event says so")
        .atMost(Tenant.PATIENCE)
        .until(
            () ->
                tenant
                    .client
                    .resources(Event.class)
                    .inNamespace(tenant.namespace)
                    .list()
                    .getItems()
                    .stream()
                    .filter(event -> event.getReason().equals("ReplicaFailed"))
                    .filter(event -> event.getNote().contains(victim))
                    .anyMatch(event -> isSince(lastTime(event), since)));
    return last;
  }

  private static String lastTime(Event event) {
    var series = event.getSeries();
    return (series == null ? event.getEventTime() : series.getLastObservedTime()).getTime();
  }

  private static boolean isSince(String time, Instant since) {
    return !Instant.parse(time).isBefore(since.truncatedTo(ChronoUnit.MILLIS));
  }

  @Test
  void aFrozenReplicaIsOutAndComesBack() {
    var victim = fail("frozen", pod -> node.process(tenant.namespace, pod).signal("STOP"));
    node.process(tenant.namespace, victim).signal("CONT");
  }

  @Test
  void aReplicaThatIsCutOffIsOutAndComesBack() {
    var victim = fail("cut off", pod -> node.connected(tenant.namespace, pod, false));
    node.connected(tenant.namespace, victim, true);
  }

  @Test
  void theLastOnesStay() {
    var pods = tenant.dataplanePods("web", front.now());
    pods.forEach(pod -> node.forsake(tenant.namespace, pod));
    pods.forEach(pod -> node.process(tenant.namespace, pod).kill());
    try {
      await("the health checkers find both dead")
          .atMost(Tenant.PATIENCE)
          .until(() -> platform.pods("healthchecker").stream().allMatch(c -> foundDead(c) == 2));
      front.awaitThat("both are in, as if nobody knew", now -> now.size() == 2);
    } finally {
      pods.forEach(pod -> node.recover(tenant.namespace, pod));
    }
  }

  @Test
  void oneHealthCheckerIsEnough() throws Exception {
    var dead = platform.pods("healthchecker").getFirst();
    node.kill(Platform.NAMESPACE, dead);
    var begun = System.nanoTime();
    two.die();
    try {
      await("the other says so")
          .atMost(Tenant.PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () ->
                  tenant
                      .client
                      .resources(HealthReport.class)
                      .inNamespace(tenant.namespace)
                      .list()
                      .getItems()
                      .stream()
                      .map(HealthReport::getSpec)
                      .anyMatch(report -> !report.reporter().equals(dead) && finds(report)));
      print(
          "a health checker killed: its target group is taken over and a dead target found", begun);
      assertThat(Client.ask(front.get(), 80)).isEqualTo("web-1");
      fail("killed beside one health checker", pod -> node.process(tenant.namespace, pod).kill());
    } finally {
      two.revive();
      node.restart(Platform.NAMESPACE, dead);
    }
  }

  private static boolean finds(HealthReportSpec report) {
    return report.targets().stream().anyMatch(target -> target.state() == HealthState.UNHEALTHY)
        && report.targets().stream().anyMatch(target -> target.state() == HealthState.HEALTHY);
  }

  /** Returns the victim, whose kubelet is back; whatever ails it is not over. */
  private static String fail(String how, Consumer<String> blow) {
    var victim = tenant.dataplanePods("web", front.now()).getFirst();
    var address = node.address(tenant.namespace, victim);
    node.forsake(tenant.namespace, victim);
    var begun = System.nanoTime();
    try {
      blow.accept(victim);
      front.awaitThat("the replica is out", now -> !now.contains(address));
      print("a replica " + how + ": out of the Service", begun);
      assertThat(front.now()).isNotEmpty();
    } finally {
      node.recover(tenant.namespace, victim);
    }
    return victim;
  }

  private static void print(String what, long begun) {
    System.out.printf("%s after %d ms%n", what, (System.nanoTime() - begun) / 1_000_000);
  }

  /** Of the test's replicas. */
  private static long foundDead(String checker) {
    var report =
        tenant
            .client
            .resources(ReplicaReport.class)
            .inNamespace(Platform.NAMESPACE)
            .withName(checker)
            .get();
    return report == null
        ? -1
        : report.getSpec().dead().stream()
            .filter(dead -> dead.namespace().equals(tenant.namespace))
            .count();
  }

  /** All that are to be watched, of whichever load balancers. */
  private static long replicas() {
    return tenant
        .client
        .resources(EndpointSlice.class)
        .inAnyNamespace()
        .withLabel(Api.REPLICAS_LABEL)
        .list()
        .getItems()
        .stream()
        .mapToLong(slice -> slice.getEndpoints().size())
        .sum();
  }

  private static long watched(String checker) {
    try {
      var page = Meters.of(node.address(Platform.NAMESPACE, checker));
      var line = Pattern.compile("(?m)^thalassa_lb_healthchecker_replicas ([0-9]+)").matcher(page);
      return line.find() ? Long.parseLong(line.group(1)) : -1;
    } catch (IOException e) {
      return -1; // it is starting
    }
  }
}
