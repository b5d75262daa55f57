package cloud.thalassa.lb.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which objects were found to be as desired: as long as neither side changes, nobody has to compare
 * them again, field by field.
 */
final class Settled {
  private final ConcurrentHashMap<ObjectKey, Pair> known = new ConcurrentHashMap<>();

  /**
   * @param fingerprint of what is desired
   */
  boolean holds(String fingerprint, HasMetadata current) {
    return pair(fingerprint, current).equals(known.get(ObjectKey.of(current)));
  }

  void found(String fingerprint, HasMetadata current) {
    known.put(ObjectKey.of(current), pair(fingerprint, current));
  }

  void forget(HasMetadata object) {
    known.remove(ObjectKey.of(object));
  }

  private static Pair pair(String fingerprint, HasMetadata current) {
    var metadata = current.getMetadata();
    return new Pair(fingerprint, metadata.getUid() + "/" + metadata.getResourceVersion());
  }

  private record Pair(String fingerprint, String version) {}
}
