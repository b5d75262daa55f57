package cloud.thalassa.lb.crds.manifest;

import cloud.thalassa.lb.crds.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of the kinds that may be written by hand: ours from their CRDs, and the inventory.
 */
final class Kinds {
  private static final List<String> OURS =
      List.of("loadbalancers", "listeners", "targetgroups", "securitygroups", "subnets");

  /** Documents that our programs write. */
  private static final Set<String> GENERATED =
      Set.of(
          "ForwardingConfig", "HealthReport", "DataplaneReport", "ReplicaReport", "AddressClaim");

  private final Map<String, Map<String, Schema>> byKind = new HashMap<>();

  Kinds() {
    var metadata = resource("check/metadata.yaml").getFirst();
    for (var plural : OURS) {
      var crd = resource("crds/" + plural + "." + Api.GROUP + ".yaml").getFirst();
      var spec = map(crd, "spec");
      var version = Kinds.<Map<String, Object>>list(spec, "versions").getFirst();
      var apiVersion = spec.get("group") + "/" + version.get("name");
      var schema = map(map(version, "schema"), "openAPIV3Schema");
      put(apiVersion, String.valueOf(map(spec, "names").get("kind")), schema, metadata);
    }
    for (var kind : resource("check/inventory.yaml")) {
      for (var apiVersion : Kinds.<String>list(kind, "apiVersions")) {
        put(apiVersion, String.valueOf(kind.get("kind")), map(kind, "schema"), metadata);
      }
    }
  }

  /** Absent: {@link #refusal} says why, or the kind is of no concern to us. */
  @Nullable Schema schema(String apiVersion, String kind) {
    return byKind.getOrDefault(kind, Map.of()).get(apiVersion);
  }

  /** Why an object without a schema is wrong; absent: its kind has nothing to do with us. */
  @Nullable String refusal(String apiVersion, String kind) {
    if (GENERATED.contains(kind) && apiVersion.startsWith(Api.GROUP + "/")) {
      return kind + " is written by the operator, never by hand: remove it";
    }
    if (byKind.containsKey(kind)) {
      var known = byKind.get(kind).keySet().stream().sorted().toList();
      return "kind "
          + kind
          + " has apiVersion "
          + String.join(" or ", known)
          + ", not "
          + apiVersion;
    }
    if (apiVersion.startsWith(Api.GROUP + "/")) {
      return "there is no kind "
          + kind
          + " in "
          + apiVersion
          + ": known are LoadBalancer, Listener, TargetGroup, SecurityGroup, Subnet";
    }
    return null;
  }

  private void put(
      String apiVersion, String kind, Map<String, Object> schema, Map<String, Object> metadata) {
    var properties = new LinkedHashMap<>(map(schema, "properties"));
    properties.put("apiVersion", Map.of("type", "string"));
    properties.put("kind", Map.of("type", "string"));
    properties.put("metadata", metadata);
    var whole = new LinkedHashMap<>(schema);
    whole.put("properties", properties);
    byKind.computeIfAbsent(kind, k -> new HashMap<>()).put(apiVersion, Schema.parse(whole));
  }

  private static List<Map<String, Object>> resource(String name) {
    try (var stream = Kinds.class.getClassLoader().getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is missing in this build");
      }
      var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return YamlStream.read(name, text).documents().stream().map(Document::value).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> parent, String name) {
    return (Map<String, Object>) parent.getOrDefault(name, Map.of());
  }

  @SuppressWarnings("unchecked")
  private static <T> List<T> list(Map<String, Object> parent, String name) {
    return (List<T>) parent.getOrDefault(name, List.of());
  }
}
