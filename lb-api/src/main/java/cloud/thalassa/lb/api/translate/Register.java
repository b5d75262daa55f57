package cloud.thalassa.lb.api.translate;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Objects of one kind: by what clients call them, and in order, each put together when somebody
 * first asks. Most worlds are gone before anybody asks for both.
 */
final class Register<T extends HasMetadata> {
  /** Oldest first. */
  private static final Comparator<HasMetadata> AGE =
      Comparator.<HasMetadata, String>comparing(it -> text(it.getMetadata().getCreationTimestamp()))
          .thenComparing(it -> text(it.getMetadata().getNamespace()))
          .thenComparing(it -> it.getMetadata().getName());

  private final List<T> objects;

  // Whoever finds them missing makes the same ones; as neither can change, others see all of it.
  private @Nullable Map<String, T> byName;
  private @Nullable List<T> byAge;

  Register(List<T> objects) {
    this.objects = objects;
  }

  /** By identity or slug; of two with one name it is the one whose identity that is. */
  Optional<T> find(String name) {
    var known = byName;
    if (known == null) {
      Map<String, T> names = HashMap.newHashMap(2 * objects.size());
      for (var object : objects) {
        names.put(Identity.of(object), object);
      }
      for (var object : objects) {
        names.putIfAbsent(Identity.slug(object), object);
      }
      known = Map.copyOf(names);
      byName = known;
    }
    return Optional.ofNullable(known.get(name));
  }

  /** The oldest first. */
  List<T> list() {
    var known = byAge;
    if (known == null) {
      known = sorted(objects);
      byAge = known;
    }
    return known;
  }

  static <T extends HasMetadata> List<T> sorted(List<T> objects) {
    return objects.stream().sorted(AGE).toList();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
