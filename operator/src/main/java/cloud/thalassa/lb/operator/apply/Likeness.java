package cloud.thalassa.lb.operator.apply;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Set;

/**
 * Whether an object already is as it was last applied. The API server adds defaults and others add
 * fields of theirs, so everything that we said must be there, and more may be. That we no longer
 * say something shows in the {@link Fingerprint}, which is one of the things that we say.
 */
enum Likeness {
  /** Lists may have further entries, in any order: others add sidecars, the server merges. */
  SHARED,
  /** Lists are ours alone: an entry too many is as wrong as one that is missing. */
  OWN_LISTS,
  /** Nobody but us says anything in the spec. */
  OWN_SPEC;

  private static final Set<String> QUANTITIES = Set.of("limits", "requests");

  static Likeness of(String kind) {
    return switch (kind) {
      case "ForwardingConfig" -> OWN_SPEC;
      case "EndpointSlice",
          "NetworkPolicy",
          "LoadBalancer",
          "Listener",
          "TargetGroup",
          "SecurityGroup" ->
          OWN_LISTS;
      default -> SHARED;
    };
  }

  boolean holds(JsonNode desired, JsonNode actual) {
    return (this != OWN_SPEC || desired.path("spec").equals(actual.path("spec")))
        && nodeHolds(desired, actual);
  }

  private boolean nodeHolds(JsonNode desired, JsonNode actual) {
    if (desired.isObject()) {
      return actual.isObject()
          && desired.properties().stream()
              .allMatch(field -> fieldHolds(field, actual.path(field.getKey())));
    }
    if (desired.isArray()) {
      return actual.isArray() && elementsHold(desired, actual);
    }
    return desired.equals(actual);
  }

  private boolean fieldHolds(Map.Entry<String, JsonNode> field, JsonNode actual) {
    if (QUANTITIES.contains(field.getKey()) && field.getValue().isObject()) {
      return quantitiesHold(field.getValue(), actual);
    }
    return nodeHolds(field.getValue(), actual);
  }

  private boolean elementsHold(JsonNode desired, JsonNode actual) {
    if (this != SHARED && desired.size() != actual.size()) {
      return false;
    }
    for (int i = 0; i < desired.size(); i++) {
      var element = desired.get(i);
      if (!nodeHolds(element, actual.path(i)) && (this != SHARED || !anyHolds(element, actual))) {
        return false;
      }
    }
    return true;
  }

  private boolean anyHolds(JsonNode desired, JsonNode actual) {
    for (var candidate : actual) {
      if (nodeHolds(desired, candidate)) {
        return true;
      }
    }
    return false;
  }

  /** The server spells quantities in its own way: 0.1 becomes 100m. */
  private static boolean quantitiesHold(JsonNode desired, JsonNode actual) {
    return desired.properties().stream()
        .allMatch(
            field -> {
              var other = actual.path(field.getKey());
              return other.isTextual()
                  && new Quantity(field.getValue().asText()).equals(new Quantity(other.asText()));
            });
  }
}
