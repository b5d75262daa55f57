package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What tenants must not do is refused by the API server in words, and harms no neighbour. */
class AttacksTest {
  private static Neighbour neighbour;
  private static Tenant tenant;
  private static Map<String, Rest> callers;
  private static Map<String, String> names;

  @BeforeAll
  static void begin() throws IOException {
    Platform.get();
    neighbour = new Neighbour("neighbour");
    tenant = new Tenant("attacker");
    tenant.apply(Account.withRole("editor", "edit", tenant));
    tenant.apply(Account.withRole("owner", "thalassa-lb-operator", tenant));
    tenant.apply(Account.withAllVerbs("owner", tenant));
    tenant.apply(kept(true));
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: mine}
        spec: {scheme: Internal, replicas: 1}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: mine}
        spec: {protocol: TCP, port: 8080, selector: {matchLabels: {app: mine}}}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: mine}
        spec: {loadBalancerRef: {name: mine}, protocol: TCP, port: 80, targetGroupRef: {name: mine}}
        """);
    tenant.awaitReady("mine");
    callers =
        Map.of(
            "editor", Account.caller("editor", tenant.namespace, tenant),
            "owner", Account.caller("owner", tenant.namespace, tenant));
    names =
        Map.of(
            "lb",
            "/apis/lb.thalassa.cloud/v1alpha1/namespaces",
            "cluster",
            "/apis/lb.thalassa.cloud/v1alpha1",
            "mine",
            tenant.namespace,
            "theirs",
            neighbour.tenant.namespace,
            "myPod",
            tenant.dataplanePod("mine"),
            "theirPod",
            neighbour.tenant.dataplanePod("web"));
    awaitInForce();
  }

  /** Policies and aggregated roles take a moment. */
  private static void awaitInForce() {
    await("the tenant may write its own load balancers")
        .atMost(Tenant.PATIENCE)
        .until(() -> get("editor", "{lb}/{mine}/loadbalancers").status() == 200);
    var forged = Attack.all().filter(one -> one.name().equals(POLICY)).findFirst().orElseThrow();
    await("the policies are in force")
        .atMost(Tenant.PATIENCE)
        .until(
            () -> forged.in(names).by(callers.get("owner")).body(),
            body -> body.contains("itself"));
  }

  private static final String POLICY = "as owner, writes a forwarding document";

  @AfterAll
  static void end() throws IOException {
    neighbour.close();
    tenant.apply(kept(false));
    await("nothing is protected any more")
        .atMost(Tenant.PATIENCE)
        .ignoreExceptions()
        .untilAsserted(tenant::close);
  }

  private static String kept(boolean isProtected) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: kept, labels: {kept: ""}}
        spec: {scheme: Internal, replicas: 1, deletionProtection: %s}
        """
        .formatted(isProtected);
  }

  @AfterEach
  void theNeighbourIsUnharmed() {
    neighbour.isUnharmed();
  }

  static Stream<Attack> attacks() {
    return Attack.all();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void isRefusedInWords(Attack attack) {
    var mine = attack.in(names);
    var answer = mine.by(callers.get(mine.as()));
    assertThat(answer.status()).as(answer.body()).isBetween(400, 499).isNotEqualTo(404);
    for (var words : mine.says()) {
      assertThat(answer.body()).contains(words.replace("{mine}", tenant.namespace));
    }
  }

  @Test
  void thereAreAtLeastThirty() {
    assertThat(Attack.all()).hasSizeGreaterThanOrEqualTo(30);
  }

  /** Who can delete namespaces is told what is in one. */
  @Test
  void aNamespaceWithAProtectedLoadBalancerStays() {
    var admin = Account.administrator(tenant);
    var answer = admin.call("DELETE", "/api/v1/namespaces/" + tenant.namespace, "", Map.of());
    assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
    assertThat(answer.body()).contains("holds LoadBalancer kept, which is protected from deletion");
  }

  @Test
  void aHealthCheckerThatWasTakenOverDoesNotLead() {
    var checker = Account.caller("healthchecker", Platform.NAMESPACE, tenant);
    var lease =
        "/apis/coordination.k8s.io/v1/namespaces/"
            + Platform.NAMESPACE
            + "/leases/thalassa-lb-operator";
    var taken = checker.call("PATCH", lease, "{\"spec\": {\"holderIdentity\": \"me\"}}", Map.of());
    assertThat(taken.body()).contains("is written by operators alone");
    var deleted = checker.call("DELETE", lease, "", Map.of());
    assertThat(deleted.body()).contains("is written by operators alone");
  }

  private static Rest.Answer get(String as, String path) {
    for (var name : names.entrySet()) {
      path = path.replace("{" + name.getKey() + "}", name.getValue());
    }
    return callers.get(as).call("GET", path, "", Map.of());
  }
}
