package cloud.thalassa.lb.crds.manifest;

import cloud.thalassa.lb.crds.manifest.Schema.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Evaluates the CEL rules of a schema over a value whose defaults are applied. */
final class Rules {
  private final Expressions expressions = new Expressions();

  /** {@code old} is what the object was before: absent on creation, when no rule may compare. */
  void check(
      Schema schema,
      String path,
      @Nullable Object value,
      @Nullable Object old,
      Consumer<Problem> failed) {
    if (value == null) {
      return;
    }
    for (var rule : schema.rules()) {
      if (!rule.comparesWithOld() || old != null) {
        evaluate(rule, path, value, old, failed);
      }
    }
    switch (value) {
      case Map<?, ?> map ->
          map.forEach(
              (name, below) -> {
                var child = schema.properties().getOrDefault(name, schema.additional());
                if (child != null) {
                  var before = old instanceof Map<?, ?> was ? was.get(name) : null;
                  check(
                      child, path.isEmpty() ? "" + name : path + "." + name, below, before, failed);
                }
              });
      // Items of a list have no identity to compare by, unless the list is a map.
      case List<?> list when schema.items() != null -> {
        for (int i = 0; i < list.size(); i++) {
          check(schema.items(), path + "[" + i + "]", list.get(i), null, failed);
        }
      }
      default -> {}
    }
  }

  private void evaluate(
      Rule rule, String path, Object value, @Nullable Object old, Consumer<Problem> failed) {
    var variables = new HashMap<String, Object>();
    variables.put("self", value);
    if (old != null) {
      variables.put("oldSelf", old);
    }
    try {
      if (!Boolean.TRUE.equals(expressions.evaluate(rule.expression(), variables))) {
        var sentence =
            rule.messageExpression() == null
                ? rule.message()
                : String.valueOf(expressions.evaluate(rule.messageExpression(), variables));
        failed.accept(Problem.of(path, sentence));
      }
    } catch (Expressions.Failed e) {
      failed.accept(Problem.of(path, rule.message() + " (" + e.getMessage() + ")"));
    }
  }
}
