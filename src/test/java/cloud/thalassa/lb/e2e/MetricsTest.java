package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.Cluster;
import cloud.thalassa.lb.e2e.traffic.Client;
import cloud.thalassa.lb.k8s.Metrics;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the programs export, what is documented, and what dashboards and alerts ask for. */
class MetricsTest {
  /** With a flow log, or when something went wrong. */
  private static final Set<String> ON_OCCASION =
      Set.of(
          "thalassa_lb_flow_log_lines_total",
          "thalassa_lb_flow_log_dropped_total",
          "reconciliations_failure_total",
          "reconciliations_retries_total");

  private static Tenant tenant;
  private static TargetPod web;
  private static Set<String> exported;

  @BeforeAll
  static void scrape() throws Exception {
    var platform = Platform.get();
    tenant = new Tenant("metrics");
    web = tenant.pod("web-1", "{app: web}", 8080);
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: web}
        spec: {scheme: Internal, replicas: 1}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: web}
        spec:
          protocol: TCP
          port: 8080
          selector: {matchLabels: {app: web}}
          healthCheck: {intervalSeconds: 1, timeoutSeconds: 1}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: web}
        spec: {loadBalancerRef: {name: web}, protocol: TCP, port: 80, targetGroupRef: {name: web}}
        """);
    tenant.awaitReady("web");
    var replica = tenant.dataplane("web");
    assertThat(Client.ask(replica, 80)).isEqualTo("web-1");
    var node = Cluster.get().node();
    var operator = node.address(Platform.NAMESPACE, platform.leader());
    var checker = node.address(Platform.NAMESPACE, platform.pod("healthchecker"));
    exported = new TreeSet<>();
    await("every program answers with its meters")
        .atMost(Tenant.PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              for (var address : Set.of(operator, checker, replica)) {
                exported.addAll(Metrics.names(page(address)));
              }
              return exported.contains("thalassa_lb_connect_seconds");
            });
  }

  @AfterAll
  static void end() {
    tenant.close();
    web.close();
  }

  @Test
  void whatIsExportedIsDocumented() {
    assertThat(Metrics.documented()).containsAll(exported);
  }

  @Test
  void whatIsDocumentedIsExported() {
    assertExported(Metrics.documented());
  }

  @Test
  void whatIsAskedForIsExported() {
    assertExported(Metrics.askedFor());
  }

  private static void assertExported(Set<String> names) {
    assertThat(names)
        .filteredOn(name -> !exported.contains(name) && !ON_OCCASION.contains(name))
        .isEmpty();
  }

  /** Comments have other names of counters. */
  private static String page(String address) throws IOException {
    return Meters.of(address).replaceAll("(?m)^#.*$", "");
  }
}
