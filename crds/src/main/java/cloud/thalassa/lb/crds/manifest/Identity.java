package cloud.thalassa.lb.crds.manifest;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which object; {@code namespace} is empty for kinds without one. */
public record Identity(String kind, String namespace, String name) {
  private static final Set<String> WITHOUT_NAMESPACE = Set.of("Namespace", "Subnet");

  /**
   * Absent: the document does not say what it is.
   *
   * @param home the namespace of an object that names none
   */
  public static @Nullable Identity of(Map<String, Object> object, String home) {
    if (object.get("kind") instanceof String kind
        && object.get("metadata") instanceof Map<?, ?> metadata
        && metadata.get("name") instanceof String name) {
      var given = metadata.get("namespace");
      var namespace = given instanceof String text && !text.isEmpty() ? text : home;
      return new Identity(kind, WITHOUT_NAMESPACE.contains(kind) ? "" : namespace, name);
    }
    return null;
  }

  @Override
  public String toString() {
    return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }
}
