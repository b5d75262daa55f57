package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus.LastChange;
import cloud.thalassa.lb.e2e.Otlp.Span;
import cloud.thalassa.lb.e2e.kube.ApiServer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a change took, and where: one trace, whose id is in the status. */
class TracesTest {
  /** The exporter sends what has come together in five seconds. */
  private static final Duration EXPORT = Duration.ofSeconds(30);

  @Test
  void aChangeIsOneTraceFromItsSightToTheLastReplica() throws Exception {
    var platform = Platform.get();
    try (var receiver = new Otlp(ApiServer.HOST);
        var tenant = new Tenant("traces");
        var pod = tenant.pod("web-1", "{app: web}", 8080)) {
      tenant.apply(
          """
          apiVersion: lb.thalassa.cloud/v1alpha1
          kind: LoadBalancer
          metadata: {name: web}
          spec: {scheme: Internal, replicas: 2}
          ---
          apiVersion: lb.thalassa.cloud/v1alpha1
          kind: TargetGroup
          metadata: {name: web}
          spec: {protocol: TCP, port: 8080, selector: {matchLabels: {app: web}}}
          """);
      tenant.apply(listener("http", 80));
      tenant.awaitReady("http");
      assertThat(pod.address()).isNotEmpty();
      await("the change is in the status")
          .atMost(Tenant.PATIENCE)
          .until(() -> lastChange(tenant) != null);
      assertThat(lastChange(tenant).trace()).as("nobody keeps traces").isNull();

      platform.setVariable("operator", "OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint());
      try {
        tenant.apply(listener("https", 443));
        tenant.awaitReady("https");
        var revision = tenant.revision("web");
        await("the change is in the status")
            .atMost(Tenant.PATIENCE)
            .until(() -> lastChange(tenant).revision().equals(revision));
        var trace = lastChange(tenant).trace();
        assertThat(trace).isNotNull();
        await("the trace")
            .atMost(EXPORT)
            .untilAsserted(() -> assertThat(root(receiver.trace(trace))).hasSize(1));
        check(receiver.trace(trace), tenant, revision);
      } finally {
        platform.setVariable("operator", "OTEL_EXPORTER_OTLP_ENDPOINT", null);
      }
    }
  }

  private static void check(List<Span> spans, Tenant tenant, String revision) {
    var root = root(spans).getFirst();
    assertThat(root.attributes())
        .containsEntry("k8s.namespace.name", tenant.namespace)
        .containsEntry("thalassa.load_balancer", "web")
        .containsEntry("thalassa.revision", revision)
        .containsEntry("thalassa.replicas", "2");
    var parts = below(spans, root);
    assertThat(parts)
        .extracting(Span::name)
        .contains("wait", "observe", "compile", "write documents", "write status");
    var documents = named(parts, "write documents").getFirst();
    assertThat(below(spans, documents))
        .extracting(Span::name)
        .contains("apply ForwardingConfig web");
    var bound = named(parts, "bound");
    assertThat(bound)
        .extracting(span -> span.attributes().get("thalassa.replica"))
        .containsExactlyInAnyOrderElementsOf(
            tenant.cluster.node().pods(tenant.namespace, Api.LOAD_BALANCER_LABEL, "web"));
    for (var span : bound) {
      assertThat(span.start()).isAfterOrEqualTo(documents.end());
      assertThat(span.end()).isBetween(span.start(), root.end());
    }
    assertThat(parts)
        .as("within the change")
        .allMatch(span -> !span.start().isBefore(root.start()) && !span.end().isAfter(root.end()));
    assertThat(named(parts, "write status").getFirst().end()).isEqualTo(root.end());
  }

  private static LastChange lastChange(Tenant tenant) {
    return tenant.get(LoadBalancer.class, "web").getStatus().lastChange();
  }

  private static List<Span> root(List<Span> spans) {
    return spans.stream().filter(span -> span.parent().isEmpty()).toList();
  }

  private static List<Span> below(List<Span> spans, Span parent) {
    return spans.stream()
        .filter(span -> span.parent().equals(parent.id()))
        .sorted(Comparator.comparing(Span::start))
        .toList();
  }

  private static List<Span> named(List<Span> spans, String name) {
    return spans.stream().filter(span -> span.name().equals(name)).toList();
  }

  private static String listener(String name, int port) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: %s}
        spec: {loadBalancerRef: {name: web}, protocol: TCP, port: %d, targetGroupRef: {name: web}}
        """
        .formatted(name, port);
  }
}
