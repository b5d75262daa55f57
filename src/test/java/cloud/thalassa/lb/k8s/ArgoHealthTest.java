package cloud.thalassa.lb.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** What Argo CD shows of our objects: the scripts that it is given, run as it runs them. */
class ArgoHealthTest {
  private static final String PREFIX = "resource.customizations.health.lb.thalassa.cloud_";
  private static final JsonNode SCRIPTS =
      Manifests.kustomize("k8s/argocd").get("ConfigMap argocd-cm").get("data");

  @Test
  void everyKindThatUsersWriteHasOne() {
    for (var kind : Manifests.kustomize("k8s/base").objects().values()) {
      var names = kind.at("/spec/names");
      if (kind.get("kind").asText().equals("CustomResourceDefinition")
          && !kind.at("/spec/versions/0/subresources/status").isMissingNode()) {
        assertThat(SCRIPTS.has(PREFIX + names.get("kind").asText())).as(names + "").isTrue();
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
          SecurityGroup | Accepted=True                                                                      | Healthy     | Accepted
          SecurityGroup | Accepted=False/Invalid                                                             | Degraded    | Accepted
          """)
  void conditionsAreItsHealth(String kind, String conditions, String health, String speaks) {
    var verdict = judge(kind, object(2, 2, conditions));
    assertThat(verdict.get("status").tojstring()).isEqualTo(health);
    assertThat(verdict.get("message").tojstring()).isEqualTo("message of " + speaks);
  }

  @Test
  void whatTheOperatorHasNotSeenIsInProgress() {
    var unseen = judge("Listener", object(3, 2, "Accepted=True, Ready=True"));
    assertThat(unseen.get("status").tojstring()).isEqualTo("Progressing");
    assertThat(unseen.get("message").tojstring()).contains("has not seen the last change");
    var isNew = judge("Listener", new LuaTable());
    assertThat(isNew.get("status").tojstring()).isEqualTo("Progressing");
    assertThat(isNew.get("message").tojstring()).isEqualTo("Waiting for the operator");
  }

  private static LuaValue judge(String kind, LuaTable object) {
    var lua = JsePlatform.standardGlobals();
    lua.set("obj", object);
    return lua.load(SCRIPTS.get(PREFIX + kind).asText(), kind).call();
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
