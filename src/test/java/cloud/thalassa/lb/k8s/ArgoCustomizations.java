package cloud.thalassa.lb.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeMap;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** What Argo CD is told in its ConfigMap, applied as it applies it. */
record ArgoCustomizations(JsonNode keys) {
  private static final String PREFIX = "resource.customizations.";

  /** Of an object, as its users see it. */
  record Health(String status, String message) {}

  static ArgoCustomizations shipped() {
    return new ArgoCustomizations(
        Manifests.kustomize("k8s/argocd").get("ConfigMap argocd-cm").get("data"));
  }

  boolean knowsHealthOf(String groupAndKind) {
    return keys.has(PREFIX + "health." + groupAndKind);
  }

  Health health(String groupAndKind, LuaValue object) {
    var verdict = Lua.run(keys.get(PREFIX + "health." + groupAndKind).asText(), object);
    return new Health(verdict.get("status").tojstring(), verdict.get("message").optjstring(""));
  }

  /** By name, whether it is offered now. */
  TreeMap<String, Boolean> actions(String groupAndKind, LuaTable object) {
    var offered = new TreeMap<String, Boolean>();
    var found = Lua.run(actions(groupAndKind).get("discovery.lua").asText(), object).checktable();
    for (var name : found.keys()) {
      offered.put(name.tojstring(), !found.get(name).get("disabled").optboolean(false));
    }
    return offered;
  }

  /** The object as the action leaves it. */
  LuaValue act(String groupAndKind, String action, LuaTable object) {
    for (var definition : actions(groupAndKind).get("definitions")) {
      if (definition.get("name").asText().equals(action)) {
        return Lua.run(definition.get("action.lua").asText(), object);
      }
    }
    throw new AssertionError("no action " + action + " of " + groupAndKind);
  }

  private JsonNode actions(String groupAndKind) {
    return Repository.parse(keys.get(PREFIX + "actions." + groupAndKind).asText());
  }
}
