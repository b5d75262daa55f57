package cloud.thalassa.lb.crds.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything but the rules: types, required and unknown fields, enums, ranges, lengths, keys. */
final class Structure {
  private final List<Problem> problems = new ArrayList<>();

  private Structure() {}

  static List<Problem> check(Schema schema, String path, @Nullable Object value) {
    var structure = new Structure();
    structure.visit(schema, path, value);
    return structure.problems;
  }

  private void visit(Schema schema, String path, @Nullable Object value) {
    if (schema.intOrString()) {
      if (!(value instanceof Long) && !(value instanceof String)) {
        wrongType(path, value, "integer or string");
      }
      return;
    }
    switch (schema.type()) {
      case "object" -> {
        if (value instanceof Map<?, ?> map) {
          object(schema, path, map);
        } else {
          wrongType(path, value, "object");
        }
      }
      case "array" -> {
        if (value instanceof List<?> list) {
          array(schema, path, list);
        } else {
          wrongType(path, value, "array");
        }
      }
      case "string" -> {
        if (value instanceof String text) {
          string(schema, path, text);
        } else {
          wrongType(path, value, "string");
        }
      }
      case "integer" -> {
        if (value instanceof Long number) {
          number(schema, path, number);
        } else {
          wrongType(path, value, "integer");
        }
      }
      case "boolean" -> {
        if (!(value instanceof Boolean)) {
          wrongType(path, value, "boolean");
        }
      }
      default -> {}
    }
  }

  private void object(Schema schema, String path, Map<?, ?> map) {
    for (var name : schema.required()) {
      if (map.get(name) == null) {
        blocking(join(path, name), "Required value: " + name + " must be given");
      }
    }
    var most = schema.bounds().maxProperties();
    if (most != null && map.size() > most.longValue()) {
      blocking(path, "Too many: " + map.size() + ": must have at most " + most + " entries");
    }
    map.forEach(
        (key, value) -> {
          var name = String.valueOf(key);
          var property = schema.properties().getOrDefault(name, schema.additional());
          if (property == null) {
            unknown(schema, path, name);
          } else if (value != null) {
            visit(property, join(path, name), value);
          } else if (!schema.required().contains(name)) {
            wrongType(join(path, name), null, property.type());
          }
        });
  }

  private void array(Schema schema, String path, List<?> list) {
    var bounds = schema.bounds();
    if (bounds.maxItems() != null && list.size() > bounds.maxItems().longValue()) {
      blocking(
          path, "Too many: " + list.size() + ": must have at most " + bounds.maxItems() + " items");
    }
    if (bounds.minItems() != null && list.size() < bounds.minItems().longValue()) {
      invalid(path, list.size() + " items: should have at least " + bounds.minItems());
    }
    var keys = new HashSet<Object>();
    for (int i = 0; i < list.size(); i++) {
      var item = list.get(i);
      var below = path + "[" + i + "]";
      if (schema.items() != null) {
        visit(schema.items(), below, item);
      }
      if (!schema.listKeys().isEmpty()
          && item instanceof Map<?, ?> map
          && !keys.add(schema.listKeys().stream().map(k -> String.valueOf(map.get(k))).toList())) {
        invalid(below, "Duplicate value: " + schema.listKeys() + " must differ in every item");
      }
    }
  }

  private void string(Schema schema, String path, String text) {
    var bounds = schema.bounds();
    int length = text.codePointCount(0, text.length());
    if (bounds.maxLength() != null && length > bounds.maxLength().longValue()) {
      blocking(
          path, "Too long: " + length + " characters: may not be more than " + bounds.maxLength());
    }
    if (bounds.minLength() != null && length < bounds.minLength().longValue()) {
      invalid(path, quoted(text) + " should be at least " + bounds.minLength() + " chars long");
    }
    if (schema.pattern() != null && !schema.pattern().matcher(text).find()) {
      invalid(path, quoted(text) + " should match '" + schema.pattern() + "'");
    }
    oneOf(schema, path, text);
  }

  private void number(Schema schema, String path, long number) {
    var bounds = schema.bounds();
    if (bounds.minimum() != null && number < bounds.minimum().doubleValue()) {
      invalid(path, number + " should be greater than or equal to " + bounds.minimum().longValue());
    }
    if (bounds.maximum() != null && number > bounds.maximum().doubleValue()) {
      invalid(path, number + " should be less than or equal to " + bounds.maximum().longValue());
    }
    oneOf(schema, path, number);
  }

  private void oneOf(Schema schema, String path, Object value) {
    if (!schema.values().isEmpty() && !schema.values().contains(value)) {
      var supported = schema.values().stream().map(Structure::quoted).sorted();
      blocking(
          path,
          "Unsupported value: "
              + quoted(value)
              + ": supported values: "
              + supported.collect(Collectors.joining(", ")));
    }
  }

  private void unknown(Schema schema, String path, String name) {
    var near =
        schema.properties().keySet().stream()
            .filter(known -> Spelling.near(known, name))
            .findFirst();
    blocking(
        join(path, name),
        "unknown field \""
            + join(path, name)
            + "\""
            + near.map(known -> ": did you mean " + known + "?").orElse(""));
  }

  private void wrongType(String path, @Nullable Object value, String wanted) {
    blocking(path, quoted(value) + " must be of type " + wanted);
  }

  private void blocking(String path, String sentence) {
    problems.add(Problem.blocking(path, sentence));
  }

  private void invalid(String path, String sentence) {
    problems.add(Problem.of(path, sentence));
  }

  private static String quoted(@Nullable Object value) {
    return switch (value) {
      case String text -> '"' + text + '"';
      case Map<?, ?> map -> "an object";
      case List<?> list -> "a list";
      case null -> "null";
      default -> value.toString();
    };
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
