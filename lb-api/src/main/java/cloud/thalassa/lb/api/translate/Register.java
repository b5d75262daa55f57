package cloud.thalassa.lb.api.translate;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Objects of one kind: by what clients call them, and in order, each put together when somebody
 * first asks. Neither changes with an object: worlds with the same objects share them.
 */
final class Register<T extends HasMetadata> {
  /** Oldest first. */
  private static final Comparator<HasMetadata> AGE =
      Comparator.<HasMetadata, String>comparing(it -> text(it.getMetadata().getCreationTimestamp()))
          .thenComparing(it -> text(it.getMetadata().getNamespace()))
          .thenComparing(it -> it.getMetadata().getName());

  private final List<T> objects;

  // Whoever finds them missing makes the same ones; as none can change, others see all of it.
  private @Nullable Map<String, Integer> placeByName;
  private @Nullable List<Integer> placesByAge;
  private @Nullable List<T> byAge;

  Register(List<T> objects) {
    this.objects = objects;
  }

  /** Of what these objects became. */
  Register<T> next(List<T> now) {
    var next = new Register<>(now);
    if (areThoseOf(now)) {
      next.placeByName = placeByName;
      next.placesByAge = placesByAge;
    }
    return next;
  }

  private boolean areThoseOf(List<T> now) {
    return now.size() == objects.size()
        && IntStream.range(0, now.size()).allMatch(i -> isSame(objects.get(i), now.get(i)));
  }

  private static boolean isSame(HasMetadata one, HasMetadata other) {
    if (one == other) {
      return true;
    }
    var its = one.getMetadata();
    var others = other.getMetadata();
    return Objects.equals(its.getUid(), others.getUid())
        && Objects.equals(its.getNamespace(), others.getNamespace())
        && Objects.equals(its.getName(), others.getName())
        && Objects.equals(its.getCreationTimestamp(), others.getCreationTimestamp());
  }

  /** By identity or slug; of two with one name it is the one whose identity that is. */
  Optional<T> find(String name) {
    var known = placeByName;
    if (known == null) {
      Map<String, Integer> names = HashMap.newHashMap(2 * objects.size());
      for (int i = 0; i < objects.size(); i++) {
        names.put(Identity.of(objects.get(i)), i);
      }
      for (int i = 0; i < objects.size(); i++) {
        names.putIfAbsent(Identity.slug(objects.get(i)), i);
      }
      known = Map.copyOf(names);
      placeByName = known;
    }
    return Optional.ofNullable(known.get(name)).map(objects::get);
  }

  /** The oldest first. */
  List<T> list() {
    var known = byAge;
    if (known == null) {
      known = places().stream().map(objects::get).toList();
      byAge = known;
    }
    return known;
  }

  private List<Integer> places() {
    var known = placesByAge;
    if (known == null) {
      known =
          IntStream.range(0, objects.size())
              .boxed()
              .sorted(Comparator.comparing(objects::get, AGE))
              .toList();
      placesByAge = known;
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
