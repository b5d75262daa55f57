package cloud.thalassa.lb.api.translate;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Objects of one kind by what clients call them, put together when somebody first asks. */
final class Register<T extends HasMetadata> {
  private final List<T> objects;

  /** Whoever finds it missing makes the same one. */
  private @Nullable Map<String, T> byName;

  Register(List<T> objects) {
    this.objects = objects;
  }

  /** By identity or slug; of two with one name it is the one whose identity that is. */
  Optional<T> find(String name) {
    var known = byName;
    if (known == null) {
      var names = new HashMap<String, T>();
      objects.forEach(it -> names.put(Identity.of(it), it));
      objects.forEach(it -> names.putIfAbsent(Identity.slug(it), it));
      known = Map.copyOf(names);
      byName = known;
    }
    return Optional.ofNullable(known.get(name));
  }
}
