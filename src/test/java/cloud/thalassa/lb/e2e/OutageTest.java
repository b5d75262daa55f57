package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.traffic.Client;
import cloud.thalassa.lb.e2e.traffic.Load;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Everything but the dataplane dies: traffic does not notice, and afterwards all is as it should
 * be.
 */
class OutageTest {
  private static Platform platform;
  private static Tenant tenant;
  private static String address;
  private static TargetPod one;

  @BeforeAll
  static void apply() {
    platform = Platform.get();
    tenant = new Tenant("outage");
    one = tenant.pod("web-1", "{app: web}", 8080);
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: web}
        spec: {scheme: Internal, replicas: 1}
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
          healthCheck: {intervalSeconds: 1, timeoutSeconds: 1, healthyThreshold: 1, unhealthyThreshold: 2}
        """);
    address = tenant.dataplane("web");
    tenant.awaitReady("web");
    awaitTargets(Set.of("web-1"));
  }

  @AfterAll
  static void end() {
    tenant.close();
    one.close();
  }

  @Test
  void theOperatorDies() throws Exception {
    try (var load = Load.start(address, 80)) {
      platform.kill("operator");
      TargetPod late;
      try {
        awaitMore(load);
        late = tenant.pod("after-operator", "{app: web}", 8080);
      } finally {
        platform.restart("operator");
      }
      try (late) {
        awaitTargets(Set.of("web-1", "after-operator"));
        assertNothingWasCut(load);
        late.delete();
        awaitTargets(Set.of("web-1"));
        late.gone();
      }
    }
  }

  @Test
  void theHealthCheckerDies() throws Exception {
    try (var load = Load.start(address, 80)) {
      platform.kill("healthchecker");
      TargetPod late;
      try {
        awaitMore(load);
        late = tenant.pod("after-checker", "{app: web}", 8080);
      } finally {
        platform.restart("healthchecker");
      }
      try (late) {
        awaitTargets(Set.of("web-1", "after-checker"));
        assertNothingWasCut(load);
        late.delete();
        awaitTargets(Set.of("web-1"));
        late.gone();
      }
    }
  }

  @Test
  void theApiServerDies() throws Exception {
    try (var load = Load.start(address, 80)) {
      tenant.cluster.api().kill();
      try {
        awaitMore(load);
      } finally {
        tenant.cluster.api().start();
      }
      try (var late = tenant.pod("after-api", "{app: web}", 8080)) {
        awaitTargets(Set.of("web-1", "after-api"));
        assertNothingWasCut(load);
        late.delete();
        awaitTargets(Set.of("web-1"));
        late.gone();
      }
    }
  }

  private static void awaitMore(Load load) {
    var before = load.opened();
    await("new connections are served")
        .atMost(Tenant.PATIENCE)
        .until(() -> load.opened() > before + 200);
  }

  private static void assertNothingWasCut(Load load) {
    var result = load.stop();
    assertThat(result.cut()).isEmpty();
    assertThat(result.refused()).isEmpty();
    assertThat(result.messages()).isPositive();
  }

  private static void awaitTargets(Set<String> expected) {
    await("the targets are " + expected)
        .atMost(Tenant.PATIENCE.multipliedBy(2))
        .untilAsserted(() -> assertThat(answers()).isEqualTo(expected));
  }

  private static Set<String> answers() throws Exception {
    var answers = new HashSet<String>();
    for (var i = 0; i < 6; i++) {
      answers.add(Client.ask(address, 80));
    }
    return answers;
  }
}
