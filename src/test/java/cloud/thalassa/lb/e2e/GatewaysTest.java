package cloud.thalassa.lb.e2e;

import static cloud.thalassa.lb.e2e.GatewayApi.awaitParent;
import static cloud.thalassa.lb.e2e.GatewayApi.condition;
import static cloud.thalassa.lb.e2e.GatewayApi.get;
import static cloud.thalassa.lb.e2e.GatewayApi.listener;
import static cloud.thalassa.lb.e2e.GatewayApi.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.e2e.kube.Cluster;
import cloud.thalassa.lb.e2e.traffic.Client;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Gateways of the Gateway API with their routes, from apply to a byte and back to nothing, in a
 * cluster that got that API after the operator.
 */
class GatewaysTest {
  private static final String ALL = "allowedRoutes: {namespaces: {from: All}}";
  private static final String TCP = "{name: tcp, protocol: TCP, port: 80, " + ALL + "}";
  private static final String UDP = "{name: udp, protocol: UDP, port: 80, " + ALL + "}";
  private static Tenant infra;
  private static Tenant shop;
  private static TargetPod web;
  private static TargetPod canary;
  private static TargetPod dns;

  @BeforeAll
  static void install() {
    Platform.get();
    GatewayApi.install();
    infra = new Tenant("gateways");
    shop = new Tenant("routes");
    web = shop.pod("web-1", "{app: web}", 8080);
    canary = shop.pod("canary-1", "{app: canary}", 8081);
    dns = shop.udpPod("dns-1", "{app: dns}", 5353);
    service(shop, "web", "web", "TCP");
    service(shop, "canary", "canary", "TCP");
    service(shop, "dns", "dns", "UDP");
  }

  @AfterAll
  static void end() {
    infra.close();
    shop.close();
    web.close();
    canary.close();
    dns.close();
  }

  @Test
  void aGatewayGetsAnAddressAndTheTrafficOfItsRoutesAndGoesWithoutATrace() throws Exception {
    gateway("edge", TCP, UDP);
    route("TCPRoute", "web", "edge", "{name: web, port: 80}");
    route("UDPRoute", "dns", "edge", "{name: dns, port: 80}");
    awaitProgrammed("edge", "tcp", "udp");
    awaitParent("TCPRoute", shop.namespace, "web", "Accepted", "True Accepted");
    awaitParent("TCPRoute", shop.namespace, "web", "ResolvedRefs", "True ResolvedRefs");
    awaitParent("UDPRoute", shop.namespace, "dns", "Accepted", "True Accepted");
    var gateway = get("Gateway", infra.namespace, "edge");
    var loadBalancer = infra.get(LoadBalancer.class, "gw-edge");
    assertThat(gateway.at("/status/addresses/0/value").asText())
        .isEqualTo(loadBalancer.getStatus().addresses().getFirst().ip());
    assertThat(listener(gateway, "tcp").path("attachedRoutes").asInt()).isEqualTo(1);
    assertThat(gateway.at("/status/conditions/0/observedGeneration").asLong())
        .isEqualTo(gateway.at("/metadata/generation").asLong());
    var address = infra.dataplane("gw-edge");
    assertThat(Client.ask(address, 80)).isEqualTo("web-1");
    assertThat(Client.askUdp(address, 80)).isEqualTo("dns-1");

    GatewayApi.delete("Gateway", infra.namespace, "edge");
    awaitGone(infra, LoadBalancer.class, "gw-edge");
    awaitGone(infra, Listener.class, "gw-edge-tcp-80");
    awaitGone(infra, Service.class, "lb-gw-edge");
    awaitGone(infra, Deployment.class, "lb-gw-edge");
    awaitGone(infra, ForwardingConfig.class, "gw-edge");
    awaitGone(shop, TargetGroup.class, "gw-web-tcp-80");
    awaitGone(shop, TargetGroup.class, "gw-dns-udp-80");
    await("the route has no Gateway any more")
        .atMost(Tenant.PATIENCE)
        .until(() -> get("TCPRoute", shop.namespace, "web").at("/status/parents").isEmpty());
    GatewayApi.delete("TCPRoute", shop.namespace, "web");
    GatewayApi.delete("UDPRoute", shop.namespace, "dns");
  }

  @Test
  void connectionsAreSharedByWeightAndThoseForNobodyAreRefused() throws Exception {
    gateway("shared", TCP);
    shop.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: canary}
        spec: {protocol: TCP, port: 8081, selector: {matchLabels: {app: canary}}}
        """);
    var ours = "{group: lb.thalassa.cloud, kind: TargetGroup, name: canary, weight: %d}";
    route("TCPRoute", "shared", "shared", "{name: web, port: 80, weight: 1}", ours.formatted(1));
    awaitProgrammed("shared", "tcp");
    awaitParent("TCPRoute", shop.namespace, "shared", "ResolvedRefs", "True ResolvedRefs");
    var address = infra.dataplane("gw-shared");
    await("both get connections")
        .atMost(Tenant.PATIENCE)
        .until(() -> answers(address, 40).keySet().containsAll(Set.of("web-1", "canary-1")));

    route("TCPRoute", "shared", "shared", "{name: web, port: 80, weight: 0}", ours.formatted(3));
    await("weight 0 gets none")
        .atMost(Tenant.PATIENCE)
        .until(() -> answers(address, 20).keySet().equals(Set.of("canary-1")));

    route("TCPRoute", "shared", "shared", "{name: none, port: 80}", ours.formatted(1));
    awaitParent("TCPRoute", shop.namespace, "shared", "Accepted", "True Accepted");
    awaitParent("TCPRoute", shop.namespace, "shared", "ResolvedRefs", "False BackendNotFound");
    await("the share of a backend that does not exist is refused, and the other one serves")
        .atMost(Tenant.PATIENCE)
        .until(() -> answers(address, 40).keySet().equals(Set.of("canary-1", "refused")));

    route("TCPRoute", "shared", "shared", "{name: none, port: 80}");
    await("everybody is refused")
        .atMost(Tenant.PATIENCE)
        .until(() -> answers(address, 10).keySet().equals(Set.of("refused")));
    awaitProgrammed("shared", "tcp");
    GatewayApi.delete("Gateway", infra.namespace, "shared");
    GatewayApi.delete("TCPRoute", shop.namespace, "shared");
  }

  @Test
  void aBackendOfAnotherNamespaceNeedsAGrant() throws Exception {
    try (var backend = new Tenant("backend");
        var pod = backend.pod("far-1", "{app: far}", 8080)) {
      service(backend, "far", "far", "TCP");
      gateway("granted", TCP);
      var far = "{name: far, namespace: %s, port: 80}".formatted(backend.namespace);
      route("TCPRoute", "granted", "granted", far);
      awaitParent("TCPRoute", shop.namespace, "granted", "Accepted", "True Accepted");
      awaitParent("TCPRoute", shop.namespace, "granted", "ResolvedRefs", "False RefNotPermitted");
      assertThat(backend.get(TargetGroup.class, "gw-far-tcp-80")).isNull();

      backend.apply(
          """
          apiVersion: gateway.networking.k8s.io/v1
          kind: ReferenceGrant
          metadata: {name: routes}
          spec:
            from: [{group: gateway.networking.k8s.io, kind: TCPRoute, namespace: %s}]
            to: [{group: "", kind: Service, name: far}]
          """
              .formatted(shop.namespace));
      awaitParent("TCPRoute", shop.namespace, "granted", "ResolvedRefs", "True ResolvedRefs");
      awaitProgrammed("granted", "tcp");
      var address = infra.dataplane("gw-granted");
      await("it serves")
          .atMost(Tenant.PATIENCE)
          .until(() -> answers(address, 1).keySet().equals(Set.of("far-1")));

      GatewayApi.delete("ReferenceGrant", backend.namespace, "routes");
      awaitParent("TCPRoute", shop.namespace, "granted", "ResolvedRefs", "False RefNotPermitted");
      await("it is refused")
          .atMost(Tenant.PATIENCE)
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> Client.ask(address, 80))
                      .isInstanceOf(IOException.class));
      awaitGone(backend, TargetGroup.class, "gw-far-tcp-80");
      GatewayApi.delete("Gateway", infra.namespace, "granted");
      GatewayApi.delete("TCPRoute", shop.namespace, "granted");
      assertThat(pod.address()).isNotEmpty();
    }
  }

  @Test
  void whatCannotBeServedIsSaidWhereItStands() {
    gateway(
        "wrong",
        "{name: http, protocol: HTTP, port: 8080}",
        "{name: kinds, protocol: TCP, port: 81, allowedRoutes: {kinds: [{kind: UDPRoute}]}}",
        "{name: same, protocol: TCP, port: 82}");
    route("TCPRoute", "wrong", "wrong", "{name: web, port: 80}");
    awaitParent("TCPRoute", shop.namespace, "wrong", "Accepted", "False NotAllowedByListeners");
    await("the Gateway")
        .atMost(Tenant.PATIENCE)
        .untilAsserted(
            () -> {
              var gateway = get("Gateway", infra.namespace, "wrong");
              assertThat(condition(gateway, "Accepted")).isEqualTo("True ListenersNotValid");
              assertThat(said(listener(gateway, "http").path("conditions"), "Accepted"))
                  .isEqualTo("False UnsupportedProtocol");
              assertThat(said(listener(gateway, "kinds").path("conditions"), "ResolvedRefs"))
                  .isEqualTo("False InvalidRouteKinds");
              assertThat(said(listener(gateway, "same").path("conditions"), "Programmed"))
                  .isEqualTo("True Programmed");
            });
    GatewayApi.delete("Gateway", infra.namespace, "wrong");
    GatewayApi.delete("TCPRoute", shop.namespace, "wrong");
  }

  @Test
  void aGatewayThatChangesIsServedAnewAndKeepsWhatOthersSayOfIt() {
    gateway("changed", TCP);
    awaitProgrammed("changed", "tcp");
    var strange =
        """
        {"type": "example.com/Seen", "status": "True", "reason": "Seen", "message": "",
         "lastTransitionTime": "2026-01-02T03:04:05Z"}
        """;
    var add = "{\"op\": \"add\", \"path\": \"/status/%s/-\", \"value\": " + strange + "}";
    Cluster.get()
        .kubectl(
            "patch",
            "gateway",
            "changed",
            "--namespace=" + infra.namespace,
            "--subresource=status",
            "--type=json",
            "--patch=["
                + add.formatted("conditions")
                + ", "
                + add.formatted("listeners/0/conditions")
                + "]");

    gateway("changed", TCP, "{name: more, protocol: TCP, port: 81}");
    awaitNewest("changed", "more", "tcp");
    var gateway = get("Gateway", infra.namespace, "changed");
    assertThat(condition(gateway, "example.com/Seen")).isEqualTo("True Seen");
    assertThat(said(listener(gateway, "tcp").path("conditions"), "example.com/Seen"))
        .isEqualTo("True Seen");

    gateway("changed", "{name: more, protocol: TCP, port: 81}");
    awaitNewest("changed", "more");
    GatewayApi.delete("Gateway", infra.namespace, "changed");
  }

  /** Until all that is ours in its status is about what it says now, and about these listeners. */
  private static void awaitNewest(String name, String... listeners) {
    await("Gateway " + name + " as it is now")
        .atMost(Tenant.PATIENCE)
        .untilAsserted(
            () -> {
              var gateway = get("Gateway", infra.namespace, name);
              var generation = gateway.at("/metadata/generation").asText();
              assertThat(gateway.at("/status/listeners").findValuesAsText("name"))
                  .containsExactlyInAnyOrder(listeners);
              assertThat(gateway.at("/status").findValuesAsText("observedGeneration"))
                  .containsOnly(generation);
            });
  }

  /**
   * @param listeners each in YAML
   */
  private static void gateway(String name, String... listeners) {
    infra.apply(
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: %s
          annotations:
            loadbalancer.k8s.thalassa.cloud/internal: "true"
            loadbalancer.k8s.thalassa.cloud/replicas: "1"
        spec: {gatewayClassName: thalassa, listeners: [%s]}
        """
            .formatted(name, String.join(", ", listeners)));
  }

  /**
   * @param backends each in YAML
   */
  private static void route(String kind, String name, String gateway, String... backends) {
    shop.apply(
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: %s
        metadata: {name: %s}
        spec:
          parentRefs: [{name: %s, namespace: %s}]
          rules: [{backendRefs: [%s]}]
        """
            .formatted(kind, name, gateway, infra.namespace, String.join(", ", backends)));
  }

  private static void service(Tenant tenant, String name, String app, String protocol) {
    tenant.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: %s}
        spec: {selector: {app: %s}, ports: [{port: 80, protocol: %s, targetPort: app}]}
        """
            .formatted(name, app, protocol));
  }

  private static void awaitProgrammed(String gateway, String... listeners) {
    await("Gateway " + gateway + " serves")
        .atMost(Tenant.PATIENCE.multipliedBy(2))
        .untilAsserted(
            () -> {
              var now = get("Gateway", infra.namespace, gateway);
              assertThat(condition(now, "Accepted")).isEqualTo("True Accepted");
              assertThat(condition(now, "Programmed")).isEqualTo("True Programmed");
              for (var listener : listeners) {
                assertThat(said(listener(now, listener).path("conditions"), "Programmed"))
                    .as(listener)
                    .isEqualTo("True Programmed");
              }
            });
  }

  /** Who answers how many of so many connections. */
  private static Map<String, Integer> answers(String address, int connections) {
    var answers = new HashMap<String, Integer>();
    for (int i = 0; i < connections; i++) {
      String who;
      try {
        who = Client.ask(address, 80);
      } catch (IOException refused) {
        who = "refused";
      }
      answers.merge(who, 1, Integer::sum);
    }
    return answers;
  }

  private static void awaitGone(Tenant tenant, Class<? extends HasMetadata> kind, String name) {
    await(kind.getSimpleName() + " " + name + " is gone")
        .atMost(Tenant.PATIENCE.multipliedBy(2))
        .until(() -> tenant.get(kind, name) == null);
  }
}
