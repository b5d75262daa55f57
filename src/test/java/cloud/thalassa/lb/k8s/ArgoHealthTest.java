package cloud.thalassa.lb.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.k8s.ArgoCustomizations.Health;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luaj.vm2.LuaTable;

/** What Argo CD shows of our objects: the scripts that it is given, run as it runs them. */
class ArgoHealthTest {
  private static final String PREFIX = "lb.thalassa.cloud_";
  private static final ArgoCustomizations ARGO = ArgoCustomizations.shipped();

  @Test
  void everyKindThatUsersWriteHasOne() {
    for (var kind : Manifests.kustomize("k8s/base").objects().values()) {
      var names = kind.at("/spec/names");
      if (kind.get("kind").asText().equals("CustomResourceDefinition")
          && !kind.at("/spec/versions/0/subresources/status").isMissingNode()) {
        assertThat(ARGO.knowsHealthOf(PREFIX + names.get("kind").asText())).as(names + "").isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LoadBalancer  | Accepted=True, Programmed=True, Ready=True                                         | Healthy     | Ready
          LoadBalancer  | Accepted=True, Programmed=False/NoReplicas, Ready=False/NoReplicas                 | Progressing | Programmed
          LoadBalancer  | Accepted=False/AddressNotAvailable, Programmed=True, Ready=False/AddressNotAvailable | Degraded  | Accepted
          Listener      | Accepted=True, ResolvedRefs=False/TargetGroupNotFound, Programmed=False/Pending, Ready=False/TargetGroupNotFound | Degraded | ResolvedRefs
          Listener      | Accepted=True, ResolvedRefs=True, Programmed=False/PortUnavailable, Ready=False/PortUnavailable | Degraded | Programmed
          TargetGroup   | Accepted=True, ResolvedRefs=True, TargetsHealthy=True                              | Healthy     | TargetsHealthy
          TargetGroup   | Accepted=True, ResolvedRefs=True, TargetsHealthy=Unknown/HealthUnknown             | Progressing | TargetsHealthy
          TargetGroup   | Accepted=True, ResolvedRefs=True, TargetsHealthy=Unknown/NotReferenced             | Healthy     | TargetsHealthy
          TargetGroup   | Accepted=True, ResolvedRefs=True, TargetsHealthy=False/NoTargets                   | Healthy     | TargetsHealthy
          TargetGroup   | Accepted=True, ResolvedRefs=True, TargetsHealthy=False/SomeUnhealthy               | Degraded    | TargetsHealthy
          TargetGroup   | Accepted=False/Invalid, ResolvedRefs=True, TargetsHealthy=Unknown/NotReferenced    | Degraded    | Accepted
          Subnet        | Accepted=True                                                                      | Healthy     | Accepted
          Subnet        | Accepted=False/Invalid                                                             | Degraded    | Accepted
          Listener      | Accepted=False/Invalid, Ready=False/Invalid, Stalled=True/Invalid                  | Degraded    | Accepted
          SecurityGroup | Accepted=True                                                                      | Healthy     | Accepted
          SecurityGroup | Accepted=False/Invalid                                                             | Degraded    | Accepted
          """)
  void conditionsAreItsHealth(String kind, String conditions, String health, String speaks) {
    assertThat(judge(kind, object(2, 2, conditions)))
        .isEqualTo(new Health(health, "message of " + speaks));
  }

  @Test
  void whatTheOperatorHasNotSeenIsInProgress() {
    var unseen = judge("Listener", object(3, 2, "Accepted=True, Ready=True"));
    assertThat(unseen)
        .isEqualTo(new Health("Progressing", "The operator has not seen the last change yet"));
    var isNew =
        judge(
            "Listener",
            Lua.object("{metadata: {generation: 1}, status: {observedGeneration: -1}}"));
    assertThat(isNew).isEqualTo(new Health("Progressing", "Waiting for the operator"));
    var withoutStatus = judge("Listener", Lua.object("{metadata: {generation: 1}}"));
    assertThat(withoutStatus).isEqualTo(isNew);
  }

  @Test
  void whatIsBeingDeletedIsInProgress() {
    var object = object(2, 2, "Accepted=True, Ready=True");
    object.get("metadata").set("deletionTimestamp", "2026-01-01T00:00:00Z");
    assertThat(judge("LoadBalancer", object).status()).isEqualTo("Progressing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {type: ClusterIP}                                                       | {}                                                    | Healthy     |
          {type: LoadBalancer, loadBalancerClass: example.com/other}              | {}                                                    | Progressing |
          {type: LoadBalancer, loadBalancerClass: example.com/other}              | {loadBalancer: {ingress: [{ip: 192.0.2.1}]}}          | Healthy     |
          {type: LoadBalancer}                                                    | {loadBalancer: {ingress: [{hostname: lb.example}]}}   | Healthy     |
          {type: LoadBalancer, loadBalancerClass: lb.thalassa.cloud/loadbalancer} | {loadBalancer: {}}                                    | Progressing | Waiting for the operator
          {type: LoadBalancer, loadBalancerClass: lb.thalassa.cloud/loadbalancer} | {loadBalancer: {ingress: [{ip: 192.0.2.1}]}, conditions: [{type: Accepted, status: "True"}, {type: Programmed, status: "True"}, {type: Ready, status: "True", message: served}, {type: SettingsEffective, status: "False", reason: NotInEffect}]} | Healthy | served
          {type: LoadBalancer, loadBalancerClass: lb.thalassa.cloud/loadbalancer} | {conditions: [{type: Accepted, status: "True"}, {type: Programmed, status: "False", reason: NoReplicas}, {type: Ready, status: "False", reason: NoReplicas, message: wait}]} | Progressing | wait
          {type: LoadBalancer, loadBalancerClass: lb.thalassa.cloud/loadbalancer} | {conditions: [{type: Accepted, status: "False", reason: Invalid, message: change it}, {type: Ready, status: "False", reason: Invalid, message: not ready}]} | Degraded | change it
          """)
  void servicesAreAsHealthyAsTheyAreServed(
      String spec, String status, String health, String message) {
    var service = Lua.object("{metadata: {}, spec: %s, status: %s}".formatted(spec, status));
    assertThat(ARGO.health("Service", service))
        .isEqualTo(new Health(health, message == null ? "" : message));
  }

  @Test
  void aServiceWithoutAClassIsOursOnceItIsHeld() {
    var service =
        Lua.object(
            "{metadata: {annotations: {lb.thalassa.cloud/held: 'true'}}, spec: {type: LoadBalancer},"
                + " status: {conditions: [{type: Accepted, status: 'False', reason: Invalid, message: wrong}]}}");
    assertThat(ARGO.health("Service", service)).isEqualTo(new Health("Degraded", "wrong"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                                                          | Progressing
          [Accepted True 2, ResolvedRefs True 2]                      | Healthy
          [Accepted True 1, ResolvedRefs True 1]                      | Progressing
          [Accepted False 2, ResolvedRefs True 2]                     | Degraded
          [Accepted True 2, ResolvedRefs False 2]                     | Degraded
          """)
  void routesAreAsHealthyAsTheirParentsSay(String conditions, String health) {
    var parents =
        conditions.equals("[]")
            ? "[]"
            : "[{conditions: %s}]"
                .formatted(
                    conditions.replaceAll(
                        "(\\w+) (\\w+) (\\d)", "{type: $1, status: '$2', observedGeneration: $3}"));
    var route = Lua.object("{metadata: {generation: 2}, status: {parents: %s}}".formatted(parents));
    for (var kind : List.of("TCPRoute", "UDPRoute")) {
      assertThat(ARGO.health("gateway.networking.k8s.io_" + kind, route).status())
          .isEqualTo(health);
    }
  }

  private static Health judge(String kind, LuaTable object) {
    return ARGO.health(PREFIX + kind, object);
  }

  /** Conditions as {@code Type=Status/Reason}. */
  private static LuaTable object(int generation, int observed, String conditions) {
    var list = new LuaTable();
    for (var condition : conditions.split(", ")) {
      var parts = condition.strip().split("[=/]");
      var entry = new LuaTable();
      entry.set("type", parts[0]);
      entry.set("status", parts[1]);
      entry.set("reason", parts.length > 2 ? parts[2] : parts[0]);
      entry.set("message", "message of " + parts[0]);
      list.insert(0, entry);
    }
    var status = new LuaTable();
    status.set("observedGeneration", observed);
    status.set("conditions", list);
    var metadata = new LuaTable();
    metadata.set("generation", generation);
    var object = new LuaTable();
    object.set("metadata", metadata);
    object.set("status", status);
    return object;
  }
}
