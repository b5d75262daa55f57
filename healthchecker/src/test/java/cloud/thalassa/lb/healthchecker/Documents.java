package cloud.thalassa.lb.healthchecker;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.ForwardingConfigSpec.Pool;
import cloud.thalassa.lb.crds.HealthCheck;
import cloud.thalassa.lb.crds.HealthCheckProtocol;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.HealthReportSpec;
import cloud.thalassa.lb.crds.HealthReportSpec.TargetHealth;
import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.crds.WhenNoneHealthy;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an operator would have written: load balancers with the one target group default/backends.
 */
final class Documents {
  record Check(
      HealthCheckProtocol protocol,
      String path,
      List<String> statuses,
      int healthy,
      int unhealthy) {
    Check withUnhealthyThreshold(int unhealthy) {
      return new Check(protocol, path, statuses, healthy, unhealthy);
    }

    HealthCheck build() {
      return new HealthCheck(protocol, null, path, null, statuses, 1, 1, healthy, unhealthy);
    }
  }

  static Check tcp() {
    return new Check(HealthCheckProtocol.TCP, null, List.of(), 2, 3);
  }

  static ForwardingConfig config(String loadBalancer, Check check) {
    var config = new ForwardingConfig();
    config.setMetadata(metadata(loadBalancer, Map.of(Api.LOAD_BALANCER_LABEL, loadBalancer)));
    config.setSpec(
        new ForwardingConfigSpec(
            ForwardingConfigSpec.FORMAT_VERSION,
            "r1",
            List.of(),
            List.of(),
            List.of(
                new Pool(
                    "default/backends",
                    SelectionPolicy.ROUND_ROBIN,
                    WhenNoneHealthy.FAIL_OPEN,
                    300,
                    0,
                    check == null ? null : check.build())),
            null));
    return config;
  }

  static EndpointSlice slice(String name, String loadBalancer, int port, String... addresses) {
    return new EndpointSliceBuilder()
        .withMetadata(metadata(name, labels(loadBalancer)))
        .withAddressType("IPv4")
        .addNewPort()
        .withName(Api.TARGET_PORT)
        .withPort(port)
        .endPort()
        .withEndpoints(
            Stream.of(addresses).map(a -> new EndpointBuilder().withAddresses(a).build()).toList())
        .build();
  }

  static HealthReport report(
      String name, String loadBalancer, int port, Map<String, HealthState> states) {
    var report = new HealthReport();
    report.setMetadata(metadata(name, labels(loadBalancer)));
    report.setSpec(
        new HealthReportSpec(
            "somebody-else",
            "?/" + states.size(),
            states.entrySet().stream()
                .map(
                    e ->
                        new TargetHealth(
                            e.getKey(), port, e.getValue(), "2026-01-01T00:00:00Z", "as before"))
                .toList()));
    return report;
  }

  private static Map<String, String> labels(String loadBalancer) {
    return Map.of(
        Api.LOAD_BALANCER_LABEL, loadBalancer,
        Api.TARGET_GROUP_LABEL, "backends",
        Api.TARGET_GROUP_NAMESPACE_LABEL, "default");
  }

  private static ObjectMeta metadata(String name, Map<String, String> labels) {
    return new ObjectMetaBuilder()
        .withNamespace("default")
        .withName(name)
        .withLabels(labels)
        .build();
  }
}
