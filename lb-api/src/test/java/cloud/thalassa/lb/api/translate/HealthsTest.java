package cloud.thalassa.lb.api.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cloud.thalassa.lb.api.wire.HealthView;
import cloud.thalassa.lb.api.wire.HealthView.Target;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.LoadBalancer;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reason and since of each target, from the objects of the cluster and nothing else. */
class HealthsTest {
  private static final String FRONT =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop, labels: {lb.thalassa.cloud/organisation: o-acme}}
      ---
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: LoadBalancer
      metadata: {name: front, namespace: shop}
      spec: {}
      ---
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: Listener
      metadata: {name: http, namespace: shop}
      spec: {loadBalancerRef: {name: front}, protocol: TCP, port: 80, targetGroupRef: {name: pods}}
      ---
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: Listener
      metadata: {name: foreign, namespace: shop}
      spec: {loadBalancerRef: {name: front}, protocol: TCP, port: 81, targetGroupRef: {name: pods, namespace: others}}
      ---
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: TargetGroup
      metadata: {name: pods, namespace: shop}
      spec: {protocol: TCP, port: 8080, selector: {matchLabels: {app: web}}%s}
      """;
  private static final String CHECKED = ", healthCheck: {}";

  @Test
  void isWhatHealthCheckersReportOfTheOperatorsMembers() {
    var health = health(CHECKED);
    assertThat(health.loadbalancer().name()).isEqualTo("front");
    assertThat(health.targetGroups()).hasSize(1); // what is another organisation's is not there
    var group = health.targetGroups().getFirst();
    assertThat(group.targetGroup().name()).isEqualTo("pods");
    assertThat(group.status()).isEqualTo("degraded");
    assertThat(group.healthy()).isEqualTo(1);
    assertThat(group.total()).isEqualTo(4);
    assertThat(group.targets())
        .extracting(Target::address, Target::state, Target::since, Target::reason)
        .containsExactly(
            tuple("10.9.0.1", "healthy", "2026-11-29T11:00:00Z", "It answered."),
            tuple("10.9.0.2", "unhealthy", "2026-11-29T12:00:00Z", "It refused the connection."),
            tuple("10.9.0.3", "initial", null, "No health checker has reported it yet."),
            tuple("10.9.0.4", "draining", null, "It is terminating."));
    assertThat(group.targets()).extracting(Target::weight).containsOnly(3);
  }

  @Test
  void isReadinessWhereNobodyChecks() {
    assertThat(health("").targetGroups().getFirst().targets())
        .extracting(Target::state)
        .containsExactly("healthy", "healthy", "unhealthy", "draining");
  }

  private static HealthView health(String check) {
    var scene = Scene.of(FRONT.formatted(check));
    var labels =
        """
        labels:
            lb.thalassa.cloud/load-balancer: front
            lb.thalassa.cloud/target-group: pods
            lb.thalassa.cloud/target-group-namespace: shop
        """;
    var slice =
        """
        metadata:
          name: front-pods
          annotations: {lb.thalassa.cloud/weight: "3"}
          %s
        ports: [{name: target, port: 8080}]
        endpoints:
        - {addresses: [10.9.0.4], conditions: {ready: false, terminating: true}}
        - {addresses: [10.9.0.2], conditions: {ready: true}}
        - {addresses: [10.9.0.1], conditions: {ready: true}}
        - {addresses: [10.9.0.3], conditions: {ready: false}}
        """
            .formatted(labels);
    var report =
        """
        metadata:
          name: front-pods
          %s
        spec:
          targets:
          - {address: 10.9.0.1, port: 8080, state: Healthy, since: "2026-11-29T11:00:00Z", reason: It answered.}
          - {address: 10.9.0.2, port: 8080, state: Unhealthy, since: "2026-11-29T12:00:00Z", reason: It refused the connection.}
        """
            .formatted(labels);
    var other = slice.replace("front-pods", "other-pods").replace("balancer: front", "balancer: x");
    return Healths.view(
        scene.world(),
        scene.get(LoadBalancer.class, "front"),
        List.of(
            Serialization.unmarshal(slice, EndpointSlice.class),
            Serialization.unmarshal(other, EndpointSlice.class)),
        List.of(Serialization.unmarshal(report, HealthReport.class)));
  }
}
