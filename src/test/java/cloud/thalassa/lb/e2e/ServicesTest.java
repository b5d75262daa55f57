package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.e2e.traffic.Client;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.PortStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Services of type LoadBalancer, from apply to a byte and back to nothing. */
class ServicesTest {
  private static final String OURS =
      "type: LoadBalancer, loadBalancerClass: lb.thalassa.cloud/loadbalancer";
  private static final String HTTP = "{name: http, port: 80, targetPort: app}";
  private static final String DNS = "{name: dns, port: 80, protocol: UDP, targetPort: app}";
  private static Tenant tenant;
  private static TargetPod web;
  private static TargetPod dns;

  @BeforeAll
  static void install() {
    Platform.get();
    tenant = new Tenant("services");
    web = tenant.pod("web-1", "{app: web}", 8080);
    dns = tenant.udpPod("dns-1", "{app: web}", 5353);
  }

  @AfterAll
  static void end() {
    tenant.close();
    web.close();
    dns.close();
  }

  @Test
  void aServiceGetsAnAddressAndTrafficAndGoesWithoutATrace() throws Exception {
    apply("web", Map.of(), OURS, HTTP, DNS);
    var ingress = awaitAddress("web");
    var loadBalancer = tenant.get(LoadBalancer.class, "svc-web");
    assertThat(ingress.getIp()).isEqualTo(loadBalancer.getStatus().addresses().getFirst().ip());
    assertThat(ingress.getIpMode()).isEqualTo("Proxy");
    assertThat(ingress.getPorts()).extracting(PortStatus::getError).containsOnlyNulls();
    tenant.awaitCondition(Service.class, "web", "Ready", "True", "Ready");
    var address = tenant.dataplane("svc-web");
    assertThat(Client.ask(address, 80)).isEqualTo("web-1");
    assertThat(Client.askUdp(address, 80)).isEqualTo("dns-1");

    apply("web", Map.of(), OURS, HTTP);
    await("the port is gone")
        .atMost(Tenant.PATIENCE)
        .until(() -> made("web").equals(List.of("svc-web", "svc-web-tcp-80", "svc-web-tcp-80")));
    assertThat(Client.ask(address, 80)).isEqualTo("web-1");

    tenant.delete(Service.class, "web");
    awaitGone(Service.class, "web");
    assertThat(made("web")).as("made for it").isEmpty();
    awaitGone(Service.class, "lb-svc-web");
    awaitGone(Deployment.class, "lb-svc-web");
    awaitGone(ForwardingConfig.class, "svc-web");
  }

  @Test
  void whoAsksForALoadBalancerNoLongerHasNone() {
    apply("fickle", Map.of("create-security-group", "true"), OURS, HTTP);
    awaitAddress("fickle");
    assertThat(tenant.get(SecurityGroup.class, "svc-fickle")).isNotNull();

    apply("fickle", Map.of(), "type: ClusterIP", HTTP);
    await("it is let go")
        .atMost(Tenant.PATIENCE)
        .until(() -> tenant.get(Service.class, "fickle").getMetadata().getFinalizers().isEmpty());
    assertThat(made("fickle")).isEmpty();
    var left = tenant.get(Service.class, "fickle");
    assertThat(left.getStatus().getConditions()).isEmpty();
    assertThat(ingress("fickle")).isEmpty();
    assertThat(left.getMetadata().getAnnotations()).doesNotContainKey("lb.thalassa.cloud/held");

    apply("fickle", Map.of(), OURS, HTTP);
    awaitAddress("fickle");
    tenant.delete(Service.class, "fickle");
    awaitGone(Service.class, "fickle");
  }

  @Test
  void whatIsWrittenWronglyIsSaidAndCostsWhatItMust() throws Exception {
    apply("wrong", Map.of(), OURS, HTTP, DNS);
    awaitAddress("wrong");
    apply("wrong", Map.of("idle-connection-timeout", "60s"), OURS, HTTP, DNS);
    assertThat(
            tenant.awaitCondition(
                Service.class, "wrong", "SettingsEffective", "False", "NotInEffect"))
        .contains("idle-connection-timeout: \"60s\" must be a whole number from 1 to 86400");
    awaitWarning("wrong", "SettingNotInEffect");
    assertThat(Client.ask(tenant.dataplane("svc-wrong"), 80)).isEqualTo("web-1");

    apply("wrong", Map.of("acl-port-http", "headquarters"), OURS, HTTP, DNS);
    assertThat(tenant.awaitCondition(Service.class, "wrong", "Accepted", "False", "Invalid"))
        .contains("acl-port-http: headquarters is not a CIDR")
        .contains("Port 80/TCP is not served before that.");
    awaitWarning("wrong", "PortRefused");
    awaitGone(Listener.class, "svc-wrong-tcp-80");
    await("the port has an error, and the other has none")
        .atMost(Tenant.PATIENCE)
        .until(
            () -> errors("wrong"),
            Map.of("TCP", "lb.thalassa.cloud/PortRefused", "UDP", "")::equals);
    assertThat(Client.askUdp(tenant.dataplane("svc-wrong"), 80)).isEqualTo("dns-1");

    apply("wrong", Map.of(), OURS, HTTP, DNS);
    tenant.awaitCondition(Service.class, "wrong", "Ready", "True", "Ready");
    tenant.delete(Service.class, "wrong");
    awaitGone(Service.class, "wrong");
  }

  @Test
  void podsShareByTheirLabels() throws Exception {
    apply("shared", Map.of(), OURS, HTTP);
    awaitAddress("shared");
    assertThat(Client.ask(tenant.dataplane("svc-shared"), 80)).isEqualTo("web-1");
    try (var canary = tenant.pod("canary-1", "{app: web, track: canary}", 8080)) {
      apply("shared", Map.of("target-weights", "app=web:0,track=canary:1"), OURS, HTTP);
      awaitAnswers("canary-1", "canary-1", "canary-1");
      apply("shared", Map.of(), OURS, HTTP);
      awaitAnswers("web-1", "canary-1");
      canary.gone();
    }
    tenant.delete(Service.class, "shared");
    awaitGone(Service.class, "shared");
    assertThat(made("shared")).as("made for it").isEmpty();
  }

  /** As many connections in a row as there are answers, which come in any order. */
  private static void awaitAnswers(String... answers) {
    await("answers of " + List.of(answers))
        .atMost(Tenant.PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              var heard = new ArrayList<String>();
              for (var _ : answers) {
                heard.add(Client.ask(tenant.dataplane("svc-shared"), 80));
              }
              assertThat(heard).containsExactlyInAnyOrder(answers);
            });
  }

  @Test
  void whatIsMadeForAServiceStaysAsTheServiceSays() {
    apply("kept", Map.of("acl-allowed-sources", "198.51.100.0/24"), OURS, HTTP);
    awaitAddress("kept");
    tenant
        .client
        .resources(Listener.class)
        .inNamespace(tenant.namespace)
        .withName("svc-kept-tcp-80")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\": {\"allowedSources\": [\"198.51.100.0/24\", \"0.0.0.0/0\"]}}");
    tenant.delete(TargetGroup.class, "svc-kept-tcp-80");
    await("both are as they were")
        .atMost(Tenant.PATIENCE)
        .until(() -> sources("svc-kept-tcp-80").equals(List.of("198.51.100.0/24")) && hasGroup());
    tenant.delete(Service.class, "kept");
    awaitGone(Service.class, "kept");
  }

  private static List<String> sources(String listener) {
    return tenant.get(Listener.class, listener).getSpec().allowedSources();
  }

  private static boolean hasGroup() {
    return tenant.get(TargetGroup.class, "svc-kept-tcp-80") != null;
  }

  /**
   * @param annotations without their prefix
   * @param ports each in YAML
   */
  private static void apply(
      String name, Map<String, String> annotations, String type, String... ports) {
    var all = Stream.of(Map.of("internal", "true", "replicas", "1"), annotations);
    var settings =
        all.flatMap(it -> it.entrySet().stream())
            .map("loadbalancer.k8s.thalassa.cloud/%s"::formatted)
            .map(it -> it.replaceFirst("=(.*)", ": \"$1\""))
            .collect(Collectors.joining(", "));
    tenant.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: %s, annotations: {%s}}
        spec: {%s, selector: {app: web}, ports: [%s]}
        """
            .formatted(name, settings, type, String.join(", ", ports)));
  }

  private static LoadBalancerIngress awaitAddress(String service) {
    return await("Service " + service + " has an address")
        .atMost(Tenant.PATIENCE.multipliedBy(2))
        .until(() -> ingress(service), it -> !it.isEmpty())
        .getFirst();
  }

  private static List<LoadBalancerIngress> ingress(String service) {
    var status = tenant.get(Service.class, service).getStatus();
    return status.getLoadBalancer() == null ? List.of() : status.getLoadBalancer().getIngress();
  }

  /** By protocol; empty: none. */
  private static Map<String, String> errors(String service) {
    return ingress(service).getFirst().getPorts().stream()
        .collect(
            Collectors.toMap(
                PortStatus::getProtocol, it -> it.getError() == null ? "" : it.getError()));
  }

  /** Names of the objects that were made for a Service. */
  private static List<String> made(String service) {
    return Stream.of(LoadBalancer.class, Listener.class, TargetGroup.class, SecurityGroup.class)
        .flatMap(kind -> labelled(kind, service))
        .map(object -> object.getMetadata().getName())
        .toList();
  }

  private static Stream<? extends HasMetadata> labelled(
      Class<? extends HasMetadata> kind, String service) {
    return tenant
        .client
        .resources(kind)
        .inNamespace(tenant.namespace)
        .withLabel("lb.thalassa.cloud/service", service)
        .list()
        .getItems()
        .stream();
  }

  private static void awaitGone(Class<? extends HasMetadata> kind, String name) {
    await(kind.getSimpleName() + " " + name + " is gone")
        .atMost(Tenant.PATIENCE.multipliedBy(2))
        .until(() -> tenant.get(kind, name) == null);
  }

  private static void awaitWarning(String service, String reason) {
    var events = tenant.client.resources(Event.class).inNamespace(tenant.namespace);
    await("an Event " + reason + " about " + service)
        .atMost(Tenant.PATIENCE)
        .until(
            () ->
                events.list().getItems().stream()
                    .filter(event -> event.getRegarding().getKind().equals("Service"))
                    .filter(event -> event.getRegarding().getName().equals(service))
                    .filter(event -> event.getType().equals("Warning"))
                    .anyMatch(event -> event.getReason().equals(reason)));
  }
}
