package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.e2e.traffic.Client;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is wrong with one listener is said there, and stays there. */
class BadNeighboursTest {
  private static Tenant tenant;
  private static TargetPod pod;
  private static String address;

  @BeforeAll
  static void apply() {
    Platform.get();
    tenant = new Tenant("bad-neighbours");
    pod = tenant.pod("web-1", "{app: web}", 8080);
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
        spec: {protocol: TCP, port: 8080, selector: {matchLabels: {app: web}}}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: dns}
        spec: {protocol: UDP, port: 53, selector: {matchLabels: {app: dns}}}
        """);
    tenant.apply(listener("good", "TCP", 80, "web", "web"));
    address = tenant.dataplane("web");
    tenant.awaitReady("good");
  }

  @AfterAll
  static void end() {
    tenant.close();
    pod.close();
  }

  @Test
  void eachIsToldWhatToChangeAndTheGoodOneServes() throws Exception {
    tenant.apply(listener("nowhere", "TCP", 90, "nowhere", "web"));
    tenant.apply(listener("no-group", "TCP", 91, "web", "missing"));
    tenant.apply(listener("mismatch", "TCP", 92, "web", "dns"));
    tenant.apply(listener("taken", "TCP", 80, "web", "web"));
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: foreign}
        spec:
          loadBalancerRef: {name: web}
          protocol: TCP
          port: 93
          targetGroupRef: {name: web, namespace: kube-system}
        """);

    assertThat(says("nowhere", "Accepted", "LoadBalancerNotFound"))
        .contains("loadBalancerRef", "nowhere");
    assertThat(says("no-group", "ResolvedRefs", "TargetGroupNotFound"))
        .contains("targetGroupRef", "missing");
    assertThat(says("mismatch", "ResolvedRefs", "ProtocolMismatch")).contains("TCP", "UDP", "dns");
    assertThat(says("taken", "Accepted", "Conflicted")).contains("port", "80", "good");
    assertThat(says("foreign", "ResolvedRefs", "RefNotPermitted"))
        .contains("ReferenceGrant", "kube-system");
    assertThat(tenant.condition(Listener.class, "taken", "Ready").getReason())
        .isEqualTo("Conflicted");

    assertThat(Client.ask(address, 80)).isEqualTo("web-1");
    tenant.awaitReady("good");
    for (var port : new int[] {90, 91, 92, 93}) {
      assertThatIOException().isThrownBy(() -> Client.ask(address, port));
    }
  }

  @Test
  void aHundredListenersServeAndTheNextIsRefused() throws Exception {
    tenant.apply(loadBalancer("many"));
    for (var port = 1001; port <= 1100; port++) {
      tenant.apply(listener("many-" + port, "TCP", port, "many", "web"));
    }
    tenant.awaitCondition(LoadBalancer.class, "many", "Ready", "True", "Ready");
    tenant.apply(listener("one-too-many", "TCP", 2000, "many", "web"));
    assertThat(says("one-too-many", "Accepted", "LimitExceeded")).contains("100", "many");
    var many = tenant.dataplane("many");
    for (var port = 1001; port <= 1100; port++) {
      assertThat(Client.ask(many, port)).isEqualTo("web-1");
    }
    assertThat(tenant.get(LoadBalancer.class, "many").getStatus().listeners().summary())
        .isEqualTo("100/101");
    assertThatIOException().isThrownBy(() -> Client.ask(many, 2000));

    tenant.delete(Listener.class, "many-1001"); // makes room
    tenant.awaitReady("one-too-many");
    assertThat(Client.ask(many, 2000)).isEqualTo("web-1");
    tenant.delete(LoadBalancer.class, "many");
  }

  private static String says(String listener, String type, String reason) {
    return tenant.awaitCondition(Listener.class, listener, type, "False", reason);
  }

  private static String loadBalancer(String name) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: %s}
        spec: {scheme: Internal, replicas: 1}
        """
        .formatted(name);
  }

  private static String listener(String name, String protocol, int port, String lb, String group) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: %s}
        spec:
          loadBalancerRef: {name: %s}
          protocol: %s
          port: %d
          targetGroupRef: {name: %s}
        """
        .formatted(name, lb, protocol, port, group);
  }
}
