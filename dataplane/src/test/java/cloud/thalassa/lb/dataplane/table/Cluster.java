package cloud.thalassa.lb.dataplane.table;

import static cloud.thalassa.lb.crds.ForwardingConfigSpec.FORMAT_VERSION;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.ForwardingConfigSpec.SecurityRule;
import cloud.thalassa.lb.crds.HealthCheck;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.HealthReportSpec;
import cloud.thalassa.lb.crds.HealthReportSpec.TargetHealth;
import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.crds.WhenNoneHealthy;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Documents of the load balancer {@code shop/web} with the target group {@code shop/pods}. */
final class Cluster {
  static final String LB = "shop/web";
  static final ListenerKey HTTP = new ListenerKey(LB, "shop/http");

  int formatVersion = FORMAT_VERSION;
  String revision = "r1";
  List<String> addresses = List.of();
  List<String> allowedSources = List.of();
  List<String> acceptProxyProtocolFrom = List.of();
  List<SecurityRule> securityRules;
  Protocol protocol = Protocol.TCP;
  int port = 80;
  Integer endPort;
  String pool = "shop/pods";
  SelectionPolicy policy = SelectionPolicy.ROUND_ROBIN;
  WhenNoneHealthy whenNoneHealthy = WhenNoneHealthy.FAIL_OPEN;
  long now;
  int slowStartSeconds;
  boolean checked;
  boolean exists = true;
  final Map<String, String> unreadable = new LinkedHashMap<>();
  final List<EndpointSlice> slices = new ArrayList<>();
  final List<HealthReport> reports = new ArrayList<>();

  Documents documents() {
    return new Documents(exists ? List.of(config()) : List.of(), slices, reports, unreadable);
  }

  RoutingTable table(RoutingTable previous) {
    return RoutingTable.of(documents(), previous, now);
  }

  RoutingTable table() {
    return table(RoutingTable.EMPTY);
  }

  /** Endpoints are written {@code 10.0.0.1}, {@code 10.0.0.1 unready}, {@code 10.0.0.1 leaving}. */
  Cluster slice(String name, int weight, String... endpoints) {
    slices.removeIf(slice -> slice.getMetadata().getName().equals(name));
    var slice =
        new EndpointSliceBuilder()
            .withMetadata(new ObjectMetaBuilder().withName(name).withNamespace("shop").build())
            .editMetadata()
            .withLabels(labels())
            .withAnnotations(Map.of(Api.WEIGHT_ANNOTATION, String.valueOf(weight)))
            .endMetadata()
            .withAddressType("IPv4")
            .addNewPort()
            .withName(Api.TARGET_PORT)
            .withPort(8080)
            .endPort();
    for (var endpoint : endpoints) {
      var words = endpoint.split(" ");
      var leaving = endpoint.endsWith("leaving");
      slice
          .addNewEndpoint()
          .withAddresses(words[0])
          .withNewConditions(words.length == 1, words.length == 1, leaving)
          .endEndpoint();
    }
    slices.add(slice.build());
    return this;
  }

  /** Verdicts are written {@code 10.0.0.1 Healthy}. */
  Cluster report(String slice, String since, String... verdicts) {
    reports.removeIf(report -> report.getMetadata().getName().equals(slice));
    var targets = new ArrayList<TargetHealth>();
    for (var verdict : verdicts) {
      var words = verdict.split(" ");
      var state = HealthState.valueOf(words[1].toUpperCase(java.util.Locale.ROOT));
      targets.add(new TargetHealth(words[0], 8080, state, since, "as the test says"));
    }
    var report = new HealthReport();
    report.setMetadata(
        new ObjectMetaBuilder().withName(slice).withNamespace("shop").withLabels(labels()).build());
    report.setSpec(new HealthReportSpec("checker", "", targets));
    reports.add(report);
    return this;
  }

  private ForwardingConfig config() {
    var config = new ForwardingConfig();
    config.setMetadata(new ObjectMetaBuilder().withName("web").withNamespace("shop").build());
    var check =
        checked ? new HealthCheck(null, null, null, null, null, null, null, null, null) : null;
    config.setSpec(
        new ForwardingConfigSpec(
            formatVersion,
            revision,
            addresses,
            List.of(
                new ForwardingConfigSpec.Entry(
                    "shop/http",
                    protocol,
                    port,
                    endPort,
                    pool,
                    List.of(),
                    100,
                    0,
                    0,
                    60,
                    allowedSources,
                    ProxyProtocol.NONE,
                    acceptProxyProtocolFrom)),
            List.of(
                new ForwardingConfigSpec.Pool(
                    "shop/pods", policy, whenNoneHealthy, 30, slowStartSeconds, check)),
            securityRules));
    return config;
  }

  private static Map<String, String> labels() {
    return Map.of(
        Api.LOAD_BALANCER_LABEL, "web",
        Api.TARGET_GROUP_LABEL, "pods",
        Api.TARGET_GROUP_NAMESPACE_LABEL, "shop");
  }
}
