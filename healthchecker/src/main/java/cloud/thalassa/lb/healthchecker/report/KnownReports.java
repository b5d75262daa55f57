package cloud.thalassa.lb.healthchecker.report;

import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.healthchecker.follow.SliceRef;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stored reports, as far as known: what the source last handed over, and on top what was
 * written since and has not come back through the source yet. Not thread-safe.
 */
final class KnownReports {
  /** A write that has not come back by then was undone by somebody. */
  private static final long ECHO = Duration.ofSeconds(5).toNanos();

  private Map<SliceRef, HealthReport> followed = Map.of();
  private final Map<SliceRef, Written> written = new HashMap<>();

  /** Takes what the source says now; returns which reports came, went or changed. */
  @SuppressWarnings("ReferenceEquality") // a source hands over the same object until it changed
  Set<SliceRef> followed(Collection<HealthReport> reports, long now) {
    var next = new HashMap<SliceRef, HealthReport>();
    reports.forEach(report -> next.put(SliceRef.of(report), report));
    var changed = new HashSet<>(followed.keySet());
    changed.addAll(next.keySet());
    changed.removeIf(ref -> followed.get(ref) == next.get(ref));
    followed = next;
    var settled = new HashSet<SliceRef>();
    written.forEach(
        (ref, own) -> {
          if (own.settled(next.get(ref), now)) {
            settled.add(ref);
          }
        });
    written.keySet().removeAll(settled);
    changed.addAll(settled);
    return changed;
  }

  void written(HealthReport report, long now) {
    written.put(SliceRef.of(report), new Written(report, now));
  }

  void deleted(SliceRef ref) {
    written.remove(ref);
    followed.remove(ref);
  }

  @Nullable HealthReport get(SliceRef ref) {
    var own = written.get(ref);
    return own != null ? own.report : followed.get(ref);
  }

  Set<SliceRef> refs() {
    return followed.keySet();
  }

  private record Written(HealthReport report, long at) {
    boolean settled(@Nullable HealthReport followed, long now) {
      var own = version(report);
      return own < 0 || now - at > ECHO || (followed != null && version(followed) >= own);
    }

    /** Versions of one resource grow; a file has none. */
    private static long version(HealthReport report) {
      var version = report.getMetadata().getResourceVersion();
      return version == null ? -1 : Long.parseLong(version);
    }
  }
}
