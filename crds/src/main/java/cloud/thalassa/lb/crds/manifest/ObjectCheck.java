package cloud.thalassa.lb.crds.manifest;

import cloud.thalassa.lb.crds.Api;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an API server with our CRDs would say about one object. */
final class ObjectCheck {
  private final Kinds kinds = new Kinds();
  private final Rules rules = new Rules();

  /** Whether the kind is one that we read. */
  boolean knows(Map<String, Object> object) {
    return kinds.schema(text(object, "apiVersion"), text(object, "kind")) != null;
  }

  /** Empty: it would be stored. {@code old}: what is stored now, if anything. */
  List<Problem> check(Map<String, Object> object, @Nullable Map<String, Object> old) {
    var problems = new ArrayList<Problem>();
    for (var field : List.of("apiVersion", "kind")) {
      if (!(object.get(field) instanceof String)) {
        problems.add(
            Problem.blocking(field, "Required value: every manifest has apiVersion and kind"));
      }
    }
    if (!problems.isEmpty()) {
      return problems;
    }
    var schema = kinds.schema(text(object, "apiVersion"), text(object, "kind"));
    if (schema == null) {
      var refusal = kinds.refusal(text(object, "apiVersion"), text(object, "kind"));
      return refusal == null ? List.of() : List.of(Problem.blocking("kind", refusal));
    }
    var writable = writable(object);
    if (!(writable.get("metadata") instanceof Map)) {
      return List.of(Problem.blocking("metadata", "Required value: metadata.name must be given"));
    }
    var stored = Defaults.apply(schema, writable);
    problems.addAll(Structure.check(schema, "", stored));
    if (problems.stream().noneMatch(Problem::blocking)) {
      var before = old == null ? null : Defaults.apply(schema, writable(old));
      rules.check(schema, "", stored, before, problems::add);
    }
    return problems;
  }

  /** A valid object of a known kind as it would be stored: with defaults. */
  Object stored(Map<String, Object> object) {
    var schema = kinds.schema(text(object, "apiVersion"), text(object, "kind"));
    var stored = schema == null ? null : Defaults.apply(schema, writable(object));
    return stored == null ? object : stored;
  }

  /** Our kinds have a status of their own, which writing the object leaves alone. */
  private static Map<String, Object> writable(Map<String, Object> object) {
    if (!text(object, "apiVersion").startsWith(Api.GROUP)) {
      return object;
    }
    var writable = new LinkedHashMap<>(object);
    writable.remove("status");
    return writable;
  }

  private static String text(Map<String, Object> object, String field) {
    return String.valueOf(object.getOrDefault(field, ""));
  }
}
