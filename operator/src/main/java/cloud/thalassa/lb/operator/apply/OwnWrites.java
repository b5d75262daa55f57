package cloud.thalassa.lb.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What this process wrote and the caches have not shown yet. With it a decision that follows
 * closely upon a write compares with what was written, and the news of the write wakes nobody.
 */
public final class OwnWrites {
  private final ConcurrentHashMap<Key, HasMetadata> written = new ConcurrentHashMap<>();

  /** Whether {@code seen}, from a watch, is just what was written. */
  public boolean caused(HasMetadata seen) {
    var mine = written.get(Key.of(seen));
    if (mine == null) {
      return false;
    }
    var order = Long.compare(version(seen), version(mine));
    if (order >= 0) {
      written.remove(Key.of(seen), mine);
    }
    return order == 0;
  }

  void record(HasMetadata answer) {
    written.put(Key.of(answer), answer);
  }

  void forget(HasMetadata object) {
    written.remove(Key.of(object));
  }

  /** The newer one of what a cache holds and what was written. */
  @Nullable HasMetadata newest(HasMetadata wanted, @Nullable HasMetadata cached) {
    var mine = written.get(Key.of(wanted));
    return mine == null || (cached != null && version(cached) >= version(mine)) ? cached : mine;
  }

  /** Versions of one object are numbers that grow; anything else is older than everything. */
  private static long version(HasMetadata object) {
    try {
      return Long.parseLong(object.getMetadata().getResourceVersion());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private record Key(String kind, @Nullable String namespace, String name) {
    static Key of(HasMetadata object) {
      var metadata = object.getMetadata();
      return new Key(object.getKind(), metadata.getNamespace(), metadata.getName());
    }
  }
}
