package cloud.thalassa.lb.api.translate;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Label selectors as Kubernetes understands them. */
final class Selectors {
  private Selectors() {}

  static boolean matches(@Nullable LabelSelector selector, @Nullable Map<String, String> given) {
    var labels = given == null ? Map.<String, String>of() : given;
    if (selector == null) {
      return true;
    }
    var equal = selector.getMatchLabels();
    return (equal == null || labels.entrySet().containsAll(equal.entrySet()))
        && selector.getMatchExpressions().stream().allMatch(it -> matches(it, labels));
  }

  private static boolean matches(LabelSelectorRequirement requirement, Map<String, String> labels) {
    var value = labels.get(requirement.getKey());
    return switch (requirement.getOperator()) {
      case "In" -> value != null && requirement.getValues().contains(value);
      case "NotIn" -> value == null || !requirement.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
