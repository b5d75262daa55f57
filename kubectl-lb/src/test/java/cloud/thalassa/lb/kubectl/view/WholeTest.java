package cloud.thalassa.lb.kubectl.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WholeTest {
  private static final Instant NOW = Instant.parse("2026-11-29T20:00:00Z");

  private static <T> T read(Class<T> kind, String yaml) {
    return Serialization.unmarshal(yaml, kind);
  }

  private static final LoadBalancer BALANCER =
      read(
          LoadBalancer.class,
          """
          metadata: {name: web, namespace: shop, creationTimestamp: "2026-11-29T19:00:00Z"}
          spec: {scheme: Internal, replicas: 2}
          status:
            addresses: [{ip: 10.96.0.7, ipMode: VIP}]
            listeners: {total: 2, ready: 1, summary: 1/2}
            replicas: {desired: 2, ready: 1, updated: 2}
            lastFailover: {cause: "Pod lb-web-1 died.", durationMilliseconds: 1200, time: "2026-11-29T19:50:00Z"}
            conditions:
            - {type: Accepted, status: "True", reason: Accepted, message: It is accepted., lastTransitionTime: "2026-11-29T19:00:00Z"}
            - {type: Ready, status: "False", reason: SomeListenersNotReady, message: One is not., lastTransitionTime: "2026-11-29T19:59:00Z"}
          """);

  private static final Listener LISTENER =
      read(
          Listener.class,
          """
          metadata: {name: http, namespace: shop}
          spec: {loadBalancerRef: {name: web}, protocol: TCP, port: 80, targetGroupRef: {name: web, namespace: store}}
          """);

  private static final TargetGroup GROUP =
      read(
          TargetGroup.class,
          """
          metadata: {name: web, namespace: store}
          spec: {protocol: TCP, port: 8080, policy: LeastConnections, healthCheck: {}}
          status: {targets: {total: 3, healthy: 1, unhealthy: 1, initial: 1, draining: 0, summary: 1/3}}
          """);

  private static final EndpointSlice SLICE =
      read(
          EndpointSlice.class,
          """
          metadata:
            labels: {lb.thalassa.cloud/load-balancer: web, lb.thalassa.cloud/target-group: web, lb.thalassa.cloud/target-group-namespace: store}
            annotations: {lb.thalassa.cloud/weight: "5"}
          ports: [{name: target, port: 8080}]
          endpoints:
          - {addresses: [10.0.0.2], conditions: {ready: true}, targetRef: {kind: Pod, name: web-2}, nodeName: node-1, zone: zone-a}
          - {addresses: [10.0.0.1], conditions: {ready: true}}
          - {addresses: [10.0.0.3], conditions: {ready: true}}
          - {addresses: ["2001:db8::4"], conditions: {ready: false, terminating: true}}
          """);

  private static final HealthReport REPORT =
      read(
          HealthReport.class,
          """
          metadata: {labels: {lb.thalassa.cloud/target-group: web, lb.thalassa.cloud/target-group-namespace: store}}
          spec:
            reporter: h
            summary: 1/2
            targets:
            - {address: 10.0.0.1, port: 8080, state: Healthy, since: "2026-11-29T19:00:00Z", reason: connected}
            - {address: 10.0.0.2, port: 8080, state: Unhealthy, since: "2026-11-29T19:59:30Z", reason: connection refused}
          """);

  private static final ForwardingConfig CONFIG =
      read(
          ForwardingConfig.class,
          """
          metadata: {name: web, namespace: shop}
          spec:
            formatVersion: 1
            revision: abc
            listeners:
            - {name: shop/http, protocol: TCP, port: 80, pool: store/web, maxConnections: 1, idleTimeoutSeconds: 1, proxyProtocol: None}
            - {name: bank/https, protocol: TCP, port: 443, pool: bank/web, maxConnections: 1, idleTimeoutSeconds: 1, proxyProtocol: None}
            pools:
            - {name: store/web, policy: LeastConnections, whenNoneHealthy: FailOpen, drainTimeoutSeconds: 1}
            - {name: bank/web, policy: Maglev, whenNoneHealthy: FailOpen, drainTimeoutSeconds: 1}
          """);

  private static final Whole WHOLE =
      Whole.of(
          new Seen(
              BALANCER,
              List.of(LISTENER),
              Map.of(new Named("store", "web"), GROUP),
              CONFIG,
              List.of(SLICE),
              List.of(REPORT)));

  @Test
  void aLineOfAListSaysWhatMatters() {
    var summary = WHOLE.summary();
    assertThat(summary.state()).isEqualTo("SomeListenersNotReady");
    assertThat(summary.listeners()).hasToString("1/2");
    assertThat(summary.replicas()).hasToString("1/2");
    assertThat(summary.targets()).hasToString("1/3");
    assertThat(ListText.of(List.of(summary), true, false, NOW))
        .isEqualTo(
            """
            NAMESPACE   NAME   STATE                   ADDRESSES   LISTENERS   REPLICAS   TARGETS   AGE
            shop        web    SomeListenersNotReady   10.96.0.7   1/2         1/2        1/3       60m
            """);
  }

  @Test
  void targetsHaveTheirHealthWithReasonAndSince() {
    var text = WholeText.of(WHOLE, false, NOW);
    assertThat(text)
        .contains("Last failover:   2026-11-29T19:50:00Z (10m ago), in 1200 ms: Pod lb-web-1 died.")
        .contains("Target group store/web: LeastConnections, health check, 1/4 healthy")
        .containsPattern("10.0.0.1:8080 +Healthy +60m +5 +- +connected\n")
        .containsPattern("10.0.0.2:8080 +Unhealthy +30s +5 +web-2 +connection refused\n")
        .containsPattern("10.0.0.3:8080 +Initial +- +5 +- +no health checker has reported it yet\n")
        .containsPattern("\\[2001:db8::4]:8080 +Draining +- +5 +- +it is terminating\n");
    assertThat(WholeText.of(WHOLE, true, NOW)).containsPattern("web-2 +node-1 +zone-a");
  }

  @Test
  void whatLiesInNamespacesThatCannotBeReadIsServedAllTheSame() {
    assertThat(WHOLE.listeners())
        .extracting(Whole.Door::name)
        .containsExactly("bank/https", "http");
    assertThat(WHOLE.listeners().getFirst().state()).isEqualTo("Served");
    assertThat(WHOLE.targetGroups())
        .extracting(Whole.Group::name, Whole.Group::policy)
        .contains(tuple("bank/web", "Maglev"));
  }

  @Test
  void oneThatNobodyHasSeenYetIsPending() {
    var fresh =
        read(
            LoadBalancer.class,
            """
            metadata: {name: new, namespace: shop}
            spec: {replicas: 3}
            """);
    var summary = Summary.of(fresh, List.of(), Map.of());
    assertThat(summary.state()).isEqualTo("Pending");
    assertThat(summary.replicas()).hasToString("0/3");
    assertThat(summary.targets()).hasToString("0/0");
  }
}
