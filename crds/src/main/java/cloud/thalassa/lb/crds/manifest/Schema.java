package cloud.thalassa.lb.crds.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One node of a structural schema, as far as our CRDs use the language. */
record Schema(
    String type,
    boolean intOrString,
    Map<String, Schema> properties,
    @Nullable Schema additional,
    @Nullable Schema items,
    Set<String> required,
    Set<Object> values,
    Bounds bounds,
    @Nullable Pattern pattern,
    List<String> listKeys,
    @Nullable Object defaultValue,
    List<Rule> rules) {

  /** A CEL rule with the sentence, or the expression that makes the sentence, for its failure. */
  record Rule(String expression, String message, @Nullable String messageExpression) {
    boolean comparesWithOld() {
      return expression.contains("oldSelf");
    }
  }

  record Bounds(
      @Nullable Number minimum,
      @Nullable Number maximum,
      @Nullable Number minLength,
      @Nullable Number maxLength,
      @Nullable Number minItems,
      @Nullable Number maxItems,
      @Nullable Number maxProperties) {}

  static Schema parse(Map<String, Object> json) {
    var pattern = (String) json.get("pattern");
    var properties = new LinkedHashMap<String, Schema>();
    map(json.get("properties"))
        .forEach((name, property) -> properties.put(name, parse(map(property))));
    return new Schema(
        String.valueOf(json.getOrDefault("type", "")),
        Boolean.TRUE.equals(json.get("x-kubernetes-int-or-string")),
        properties,
        child(json.get("additionalProperties")),
        child(json.get("items")),
        Set.copyOf(Schema.<String>list(json.get("required"))),
        Set.copyOf(Schema.<Object>list(json.get("enum"))),
        bounds(json),
        pattern == null ? null : Pattern.compile(pattern),
        list(json.get("x-kubernetes-list-map-keys")),
        json.get("default"),
        Schema.<Map<String, Object>>list(json.get("x-kubernetes-validations")).stream()
            .map(Schema::rule)
            .toList());
  }

  private static Bounds bounds(Map<String, Object> json) {
    return new Bounds(
        (Number) json.get("minimum"),
        (Number) json.get("maximum"),
        (Number) json.get("minLength"),
        (Number) json.get("maxLength"),
        (Number) json.get("minItems"),
        (Number) json.get("maxItems"),
        (Number) json.get("maxProperties"));
  }

  private static Rule rule(Map<String, Object> json) {
    var expression = String.valueOf(json.get("rule"));
    var message = json.getOrDefault("message", "failed rule: " + expression);
    return new Rule(expression, String.valueOf(message), (String) json.get("messageExpression"));
  }

  private static @Nullable Schema child(@Nullable Object json) {
    return json instanceof Map<?, ?> ? parse(map(json)) : null;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object json) {
    return json == null ? Map.of() : (Map<String, Object>) json;
  }

  @SuppressWarnings("unchecked")
  private static <T> List<T> list(@Nullable Object json) {
    return json == null ? List.of() : (List<T>) json;
  }
}
