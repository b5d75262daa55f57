package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.e2e.traffic.Client;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the API server takes from a tenant harms nobody, and is explained where it is not served.
 */
class HarmlessAttacksTest {
  private static Neighbour neighbour;
  private static Tenant tenant;
  private static TargetPod pod;
  private static String address;

  @BeforeAll
  static void begin() throws IOException {
    Platform.get();
    neighbour = new Neighbour("neighbour");
    tenant = new Tenant("attacker");
    pod = tenant.pod("mine-1", "{app: mine}", 8080);
    tenant.apply(loadBalancer("mine", ""));
    tenant.apply(group("mine", "selector: {matchLabels: {app: mine}}"));
    tenant.apply(listener("mine", "{name: mine}", 80, "{name: mine}"));
    address = tenant.dataplane("mine");
    tenant.awaitReady("mine");
  }

  @AfterAll
  static void end() throws IOException {
    neighbour.close();
    tenant.close();
    pod.close();
  }

  @AfterEach
  void bothServe() throws IOException {
    neighbour.isUnharmed();
    assertThat(Client.ask(address, 80)).isEqualTo("mine-1");
  }

  @Test
  void aListenerOnTheNeighboursLoadBalancer() {
    var theirs = "{name: web, namespace: %s}".formatted(neighbour.tenant.namespace);
    tenant.apply(listener("intruder", theirs, 80, "{name: mine}"));
    tenant.apply(listener("intruder-81", theirs, 81, "{name: mine}"));
    for (var intruder : List.of("intruder", "intruder-81")) {
      assertThat(says(Listener.class, intruder, "Accepted", "NotAllowedByGrant"))
          .contains("loadBalancerRef", "ReferenceGrant", neighbour.tenant.namespace);
      tenant.delete(Listener.class, intruder);
    }
    assertThatIOException().isThrownBy(() -> Client.ask(neighbour.address, 81));
  }

  @Test
  void theNeighboursTargets() {
    var theirs = "{name: web, namespace: %s}".formatted(neighbour.tenant.namespace);
    tenant.apply(listener("thief", "{name: mine}", 82, theirs));
    assertThat(says(Listener.class, "thief", "ResolvedRefs", "RefNotPermitted"))
        .contains("targetGroupRef", "ReferenceGrant", neighbour.tenant.namespace);
    assertThatIOException().isThrownBy(() -> Client.ask(address, 82));
    tenant.delete(Listener.class, "thief");
  }

  @Test
  void theNeighboursAddress() {
    var stolen = neighbour.tenant.get(Service.class, "lb-web").getSpec().getClusterIP();
    tenant.apply(loadBalancer("thief", ", addresses: [" + stolen + "]"));
    assertThat(says(LoadBalancer.class, "thief", "Accepted", "AddressNotAvailable"))
        .contains(stolen);
    tenant.delete(LoadBalancer.class, "thief");
  }

  @Test
  void addressesThatNoTargetCanHave() {
    var own = tenant.get(LoadBalancer.class, "mine").getStatus().addresses().getFirst().ip();
    tenant.apply(
        group(
            "mine",
            ("selector: {matchLabels: {app: mine}}, targets: [{address: 127.0.0.1, port: 9000},"
                    + " {address: 169.254.169.254, port: 80}, {address: 224.0.0.1}, {address: 0.0.0.0},"
                    + " {address: 255.255.255.255}, {address: 100.100.100.200}, {address: %s},"
                    + " {address: %s}, {address: \"64:ff9b::a9fe:a9fe\"}]")
                .formatted(own, address)));
    var message = says(TargetGroup.class, "mine", "Accepted", "Invalid");
    assertThat(message)
        .contains("targets[0].address: 127.0.0.1 is a loopback address")
        .contains("targets[1].address: 169.254.169.254 is a link-local address")
        .contains("targets[2].address: 224.0.0.1 is a multicast address")
        .contains("targets[3].address: 0.0.0.0 is the unspecified address")
        .contains("targets[4].address: 255.255.255.255 is the broadcast address")
        .contains(
            "targets[5].address: 100.100.100.200 is in 100.100.100.200/32, which the platform")
        .contains("targets[6].address: " + own + " is an address of the load balancer itself")
        .contains("targets[7].address: " + address + " is an address of the load balancer itself")
        .contains("NAT64");
    assertThat(members("mine")).containsExactly(pod.address());
    tenant.apply(group("mine", "selector: {matchLabels: {app: mine}}"));
    tenant.awaitCondition(TargetGroup.class, "mine", "Accepted", "True", "Accepted");
  }

  @Test
  void aThousandWrongTargetsAreSaidInBounds() {
    var targets = "{address: 127.0.0.1}, ".repeat(999) + "{address: 127.0.0.1}";
    tenant.apply(group("wrong", "targets: [" + targets + "]"));
    assertThat(says(TargetGroup.class, "wrong", "Accepted", "Invalid"))
        .contains("targets[0].address")
        .contains("more characters are left out");
    tenant.delete(TargetGroup.class, "wrong");
  }

  @Test
  void aSelectorOfEverything() {
    tenant.apply(
        group("all", "selector: {matchExpressions: [{key: nothing, operator: DoesNotExist}]}"));
    tenant.apply(listener("all", "{name: mine}", 83, "{name: all}"));
    await("the group says which pods it leaves out")
        .atMost(Tenant.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        tenant.condition(TargetGroup.class, "all", "TargetsHealthy").getMessage())
                    .contains("Left out: pod", "lb-mine-", "round in circles"));
    assertThat(members("all")).containsExactly(pod.address());
    tenant.delete(Listener.class, "all");
    tenant.delete(TargetGroup.class, "all");
  }

  @Test
  void podsThatAreLabelledAsOthers() {
    try (var impostor =
        tenant.pod(
            "impostor",
            "{app: web, app.kubernetes.io/component: dataplane, lb.thalassa.cloud/load-balancer: mine}",
            8080)) {
      tenant.apply(group("seen", "selector: {matchLabels: {app: web}}"));
      await("the operator has seen the pod")
          .atMost(Tenant.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(tenant.condition(TargetGroup.class, "seen", "Accepted").getStatus())
                      .isEqualTo("True"));
      assertThat(slices("kubernetes.io/service-name", "lb-mine"))
          .doesNotContain(impostor.address());
      tenant.delete(TargetGroup.class, "seen");
    }
  }

  /** Kubernetes copies the labels of a Service to the slices that it makes. */
  @Test
  void aServiceThatCarriesOurLabels() throws IOException {
    try (var planted = tenant.pod("planted", "{app: planted}", 8080)) {
      tenant.apply(
          """
          apiVersion: v1
          kind: Service
          metadata:
            name: planted
            labels:
              lb.thalassa.cloud/load-balancer: mine
              lb.thalassa.cloud/target-group: mine
              lb.thalassa.cloud/target-group-namespace: %s
          spec:
            selector: {app: planted}
            ports: [{name: target, port: 8080}]
          """
              .formatted(tenant.namespace));
      await("Kubernetes makes a slice of it")
          .atMost(Tenant.PATIENCE)
          .until(
              () -> slices("kubernetes.io/service-name", "planted"),
              addresses -> addresses.contains(planted.address()));
      var uid = planted("uid");
      tenant.apply(listener("later", "{name: mine}", 84, "{name: mine}"));
      tenant.awaitReady("later");
      for (var i = 0; i < 8; i++) {
        assertThat(Client.ask(address, 84)).isEqualTo("mine-1");
      }
      assertThat(planted("uid"))
          .as("the operator leaves the slices of others alone")
          .isEqualTo(uid);
      tenant.delete(Listener.class, "later");
      tenant.delete(Service.class, "planted");
    }
  }

  private static String planted(String field) {
    return tenant.cluster.kubectl(
        "get",
        "endpointslices",
        "-n",
        tenant.namespace,
        "-l",
        "kubernetes.io/service-name=planted",
        "-o",
        "jsonpath={.items[*].metadata." + field + "}");
  }

  @Test
  void aFinalizerThatNobodyRemoves() {
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: undead, finalizers: [example.com/never]}
        spec: {scheme: Internal, replicas: 1}
        """);
    tenant.dataplane("undead");
    tenant.delete(LoadBalancer.class, "undead");
    assertThat(tenant.get(LoadBalancer.class, "undead").isMarkedForDeletion()).isTrue();
    tenant.cluster.kubectl(
        "patch",
        "lb/undead",
        "-n",
        tenant.namespace,
        "--type=merge",
        "-p",
        "{\"metadata\":{\"finalizers\":null}}");
  }

  @Test
  void anOwnerInAnotherNamespace() {
    var theirs = neighbour.tenant.get(LoadBalancer.class, "web").getMetadata();
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata:
          name: adopted
          ownerReferences:
          - {apiVersion: lb.thalassa.cloud/v1alpha1, kind: LoadBalancer, name: web, uid: %s, controller: true, blockOwnerDeletion: true}
        spec: {scheme: Internal, replicas: 1}
        """
            .formatted(theirs.getUid()));
    await("Kubernetes collects what is owned by nobody in its namespace")
        .atMost(Tenant.PATIENCE)
        .until(() -> tenant.get(LoadBalancer.class, "adopted") == null);
  }

  /** The token of a dataplane pod is its tenant's to take: it speaks for that pod, and no other. */
  @Test
  void aReportOfADataplaneThatLies() {
    tenant.apply(loadBalancer("liar", ""));
    tenant.apply(listener("liar", "{name: liar}", 80, "{name: mine}"));
    tenant.awaitReady("liar");
    var name = tenant.dataplanePod("liar");
    var caller = new Rest(tenant.cluster.api(), tokenOf(name));
    var reports =
        "/apis/lb.thalassa.cloud/v1alpha1/namespaces/" + tenant.namespace + "/dataplanereports/";
    var lie =
        "{\"spec\": {\"revision\": \"x\", \"problem\": \"\\n\\u001b[2J"
            + "x".repeat(100_000)
            + "\"}}";
    assertThat(caller.call("PATCH", reports + name, lie, Map.of()).status()).isEqualTo(200);
    assertThat(says(Listener.class, "liar", "Programmed", "Pending"))
        .doesNotContain("\n", "\u001b")
        .contains("more characters are left out");
    var other = caller.call("PATCH", reports + tenant.dataplanePod("mine"), lie, Map.of());
    assertThat(other.body()).contains("is not this client's pod");
    tenant.delete(Listener.class, "liar");
    tenant.delete(LoadBalancer.class, "liar");
  }

  private static String tokenOf(String dataplanePod) {
    var pod = tenant.client.pods().inNamespace(tenant.namespace).withName(dataplanePod).get();
    var request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withNewBoundObjectRef()
            .withApiVersion("v1")
            .withKind("Pod")
            .withName(dataplanePod)
            .withUid(pod.getMetadata().getUid())
            .endBoundObjectRef()
            .endSpec()
            .build();
    return tenant
        .client
        .serviceAccounts()
        .inNamespace(tenant.namespace)
        .withName(pod.getSpec().getServiceAccountName())
        .tokenRequest(request)
        .getStatus()
        .getToken();
  }

  private static String says(
      Class<? extends HasMetadata> kind, String name, String type, String reason) {
    return tenant.awaitCondition(kind, name, type, "False", reason);
  }

  private static List<String> members(String group) {
    assertThat(tenant.get(ForwardingConfig.class, "mine")).isNotNull();
    return await("the members of " + group)
        .atMost(Tenant.PATIENCE)
        .until(() -> slices("lb.thalassa.cloud/target-group", group), list -> !list.isEmpty());
  }

  private static List<String> slices(String label, String value) {
    return tenant
        .client
        .resources(EndpointSlice.class)
        .inNamespace(tenant.namespace)
        .withLabel(label, value)
        .list()
        .getItems()
        .stream()
        .flatMap(slice -> slice.getEndpoints().stream())
        .flatMap(endpoint -> endpoint.getAddresses().stream())
        .toList();
  }

  private static String loadBalancer(String name, String more) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: %s}
        spec: {scheme: Internal, replicas: 1%s}
        """
        .formatted(name, more);
  }

  private static String group(String name, String targets) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: %s}
        spec: {protocol: TCP, port: 8080, %s}
        """
        .formatted(name, targets);
  }

  private static String listener(String name, String loadBalancer, int port, String group) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: %s}
        spec: {loadBalancerRef: %s, protocol: TCP, port: %d, targetGroupRef: %s}
        """
        .formatted(name, loadBalancer, port, group);
  }
}
