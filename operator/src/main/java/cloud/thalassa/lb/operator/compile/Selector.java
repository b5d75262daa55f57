package cloud.thalassa.lb.operator.compile;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Label selectors, with Kubernetes' meaning but for one: an empty one matches nothing. */
public final class Selector {
  private Selector() {}

  /** Whether the labels satisfy every part of the selector. A wrong selector matches nothing. */
  public static boolean matches(@Nullable LabelSelector selector, Map<String, String> labels) {
    return selector != null
        && problem(selector) == null
        && labels(selector).entrySet().stream()
            .allMatch(label -> label.getValue().equals(labels.get(label.getKey())))
        && expressions(selector).stream().allMatch(e -> holds(e, labels));
  }

  /**
   * A label and value that every matching object has, by which objects can be indexed; null: the
   * selector requires no particular label.
   */
  public static Map.@Nullable Entry<String, String> pivot(LabelSelector selector) {
    return labels(selector).entrySet().stream().min(Map.Entry.comparingByKey()).orElse(null);
  }

  /** What is wrong with the selector, as a sentence about the field; null: nothing. */
  static @Nullable String problem(LabelSelector selector) {
    if (labels(selector).isEmpty() && expressions(selector).isEmpty()) {
      return "selector: give at least one label in matchLabels or one entry in matchExpressions.";
    }
    for (var label : labels(selector).entrySet()) {
      if (label.getValue() == null) {
        return "selector.matchLabels: %s has no value.".formatted(label.getKey());
      }
    }
    var expressions = expressions(selector);
    for (int i = 0; i < expressions.size(); i++) {
      var problem = problem(expressions.get(i));
      if (problem != null) {
        return "selector.matchExpressions[%d]: %s.".formatted(i, problem);
      }
    }
    return null;
  }

  private static @Nullable String problem(LabelSelectorRequirement expression) {
    var values = values(expression);
    if (expression.getKey() == null || expression.getKey().isEmpty()) {
      return "key is required: name a label";
    }
    return switch (String.valueOf(expression.getOperator())) {
      case "In", "NotIn" ->
          values.isEmpty() ? "operator %s needs values".formatted(expression.getOperator()) : null;
      case "Exists", "DoesNotExist" ->
          values.isEmpty()
              ? null
              : "operator %s takes no values: use In or NotIn".formatted(expression.getOperator());
      default -> "operator must be In, NotIn, Exists or DoesNotExist";
    };
  }

  private static boolean holds(LabelSelectorRequirement expression, Map<String, String> labels) {
    var value = labels.get(expression.getKey());
    return switch (expression.getOperator()) {
      case "In" -> value != null && values(expression).contains(value);
      case "NotIn" -> value == null || !values(expression).contains(value);
      case "Exists" -> value != null;
      default -> value == null;
    };
  }

  private static Map<String, String> labels(LabelSelector selector) {
    return selector.getMatchLabels() == null ? Map.of() : selector.getMatchLabels();
  }

  private static List<LabelSelectorRequirement> expressions(LabelSelector selector) {
    return selector.getMatchExpressions() == null ? List.of() : selector.getMatchExpressions();
  }

  private static List<String> values(LabelSelectorRequirement expression) {
    return expression.getValues() == null ? List.of() : expression.getValues();
  }
}
