package cloud.thalassa.lb.crds.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The value as the API server would store it: defaults filled in. */
final class Defaults {
  private Defaults() {}

  /** A copy with the schema's defaults; fields that the schema does not know stay. */
  @SuppressWarnings("NullAway") // plain JSON maps and lists may hold nulls
  static @Nullable Object apply(Schema schema, @Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var filled = new LinkedHashMap<String, @Nullable Object>();
        map.forEach(
            (key, below) -> {
              var child = schema.properties().getOrDefault(key, schema.additional());
              filled.put(String.valueOf(key), child == null ? below : apply(child, below));
            });
        schema
            .properties()
            .forEach(
                (name, child) -> {
                  if (child.defaultValue() != null && filled.get(name) == null) {
                    filled.put(name, apply(child, child.defaultValue()));
                  }
                });
        yield filled;
      }
      case List<?> list -> {
        var filled = new ArrayList<@Nullable Object>();
        list.forEach(
            item -> filled.add(schema.items() == null ? item : apply(schema.items(), item)));
        yield filled;
      }
      case null, default -> value;
    };
  }
}
