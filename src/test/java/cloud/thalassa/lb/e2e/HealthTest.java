package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.e2e.traffic.Client;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Targets that die and come back, as health checks see them. */
class HealthTest {
  private static Tenant tenant;
  private static String address;
  private static TargetPod one;
  private static TargetPod two;

  @BeforeAll
  static void apply() {
    Platform.get();
    tenant = new Tenant("health");
    one = tenant.pod("web-1", "{app: web}", 8080);
    two = tenant.pod("web-2", "{app: web}", 8080);
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: web}
        spec: {scheme: Internal, replicas: 1}
        """);
    tenant.apply(group("open", "FailOpen", 81));
    tenant.apply(group("closed", "Refuse", 82));
    address = tenant.dataplane("web");
    tenant.awaitReady("open", "closed");
    awaitTargets(81, Set.of("web-1", "web-2"));
    awaitTargets(82, Set.of("web-1", "web-2"));
  }

  @AfterAll
  static void end() {
    tenant.close();
    one.close();
    two.close();
  }

  private static String group(String name, String rule, int port) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: %s}
        spec:
          protocol: TCP
          port: 8080
          selector: {matchLabels: {app: web}}
          whenNoneHealthy: %s
          healthCheck: {intervalSeconds: 1, timeoutSeconds: 1, healthyThreshold: 1, unhealthyThreshold: 2}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: %s}
        spec: {loadBalancerRef: {name: web}, protocol: TCP, port: %d, targetGroupRef: {name: %s}}
        """
        .formatted(name, rule, name, port, name);
  }

  @Test
  void aDeadTargetLeavesAndComesBack() {
    two.die();
    try {
      tenant.awaitCondition(TargetGroup.class, "open", "TargetsHealthy", "False", "SomeUnhealthy");
      awaitTargets(81, Set.of("web-1"));
      assertThat(tenant.get(TargetGroup.class, "open").getStatus().targets().summary())
          .isEqualTo("1/2");
    } finally {
      two.revive();
    }
    awaitTargets(81, Set.of("web-1", "web-2"));
    tenant.awaitCondition(TargetGroup.class, "open", "TargetsHealthy", "True", "AllHealthy");
  }

  @Test
  void withAllTargetsUnhealthyOneRuleUsesThemAllAndTheOtherRefuses() {
    one.die();
    two.die();
    try {
      tenant.awaitCondition(TargetGroup.class, "open", "TargetsHealthy", "False", "NoneHealthy");
      tenant.awaitCondition(TargetGroup.class, "closed", "TargetsHealthy", "False", "NoneHealthy");
      await("refused")
          .atMost(Tenant.PATIENCE)
          .untilAsserted(() -> assertThatIOException().isThrownBy(() -> Client.ask(address, 82)));
    } finally {
      one.revive();
      two.revive();
    }
    // Fail open needs no health check to see them: the first answer comes from a target that is
    // still unhealthy, or from one that is healthy again; both are right.
    awaitTargets(81, Set.of("web-1", "web-2"));
    awaitTargets(82, Set.of("web-1", "web-2"));
  }

  private static void awaitTargets(int port, Set<String> expected) {
    await("the targets of " + port + " are " + expected)
        .atMost(Tenant.PATIENCE)
        .ignoreExceptions()
        .until(answers(port), expected::equals);
  }

  private static Callable<Set<String>> answers(int port) {
    return () -> {
      var answers = new HashSet<String>();
      for (var i = 0; i < 6; i++) {
        answers.add(Client.ask(address, port));
      }
      return answers;
    };
  }
}
