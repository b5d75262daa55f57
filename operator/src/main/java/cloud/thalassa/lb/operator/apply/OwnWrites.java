package cloud.thalassa.lb.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What this process wrote and the caches have not shown yet. With it a decision that follows
 * closely upon a write compares with what was written, and the news of the write wakes nobody.
 */
public final class OwnWrites {
  private final ConcurrentHashMap<ObjectKey, HasMetadata> written = new ConcurrentHashMap<>();
  private final Settled settled = new Settled();

  /**
   * Takes note of a change that a watch brought, and says whether it is just what was written.
   *
   * @param before null: the object is new
   * @param now null: the object is gone
   */
  public boolean caused(@Nullable HasMetadata before, @Nullable HasMetadata now) {
    if (now == null) {
      // also when its last version was never seen: the next decision must not believe in it
      if (before != null) {
        forget(before);
      }
      return false;
    }
    var mine = written.get(ObjectKey.of(now));
    if (mine == null) {
      return false;
    }
    var order = Long.compare(version(now), version(mine));
    if (order >= 0) {
      written.remove(ObjectKey.of(now), mine);
    }
    return order == 0;
  }

  void record(HasMetadata answer) {
    written.put(ObjectKey.of(answer), answer);
  }

  void forget(HasMetadata object) {
    written.remove(ObjectKey.of(object));
    settled.forget(object);
  }

  Settled settled() {
    return settled;
  }

  /** The newer one of what a cache holds and what was written. */
  @Nullable HasMetadata newest(HasMetadata wanted, @Nullable HasMetadata cached) {
    var mine = written.get(ObjectKey.of(wanted));
    if (mine != null && cached != null && version(cached) >= version(mine)) {
      written.remove(ObjectKey.of(wanted), mine); // the watch was faster than the answer
      return cached;
    }
    return mine == null ? cached : mine;
  }

  /** Versions of one object are numbers that grow; anything else is older than everything. */
  private static long version(HasMetadata object) {
    try {
      return Long.parseLong(object.getMetadata().getResourceVersion());
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
