package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.compile.Ref;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long configurations take to reach their replicas. Only this process knows when it decided on
 * one: of changes before its time nothing is said. Bounded.
 */
final class Changes {
  private static final int REMEMBERED = 4096;

  private final LongSupplier nanoTime;
  private final Map<Ref, Change> changes =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Ref, Change> eldest) {
          return size() > REMEMBERED;
        }
      };

  Changes(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A revision was decided on, and not by an earlier decision already. */
  synchronized void decided(Ref loadBalancer, String revision) {
    var known = changes.get(loadBalancer);
    if (known == null || !known.revision.equals(revision)) {
      changes.put(loadBalancer, new Change(revision, nanoTime.getAsLong()));
    }
  }

  /** Every replica serves the revision. How long that took; null: unknown. */
  synchronized @Nullable Duration applied(Ref loadBalancer, String revision) {
    var change = changes.get(loadBalancer);
    if (change == null || !change.revision.equals(revision)) {
      return null;
    }
    if (change.took == null) {
      change.took = Duration.ofNanos(nanoTime.getAsLong() - change.decided);
    }
    return change.took;
  }

  /** Its duration is published. */
  synchronized void published(Ref loadBalancer, String revision) {
    changes.computeIfPresent(
        loadBalancer, (_, change) -> change.revision.equals(revision) ? null : change);
  }

  private static final class Change {
    final String revision;
    final long decided;
    @Nullable Duration took;

    Change(String revision, long decided) {
      this.revision = revision;
      this.decided = decided;
    }
  }
}
