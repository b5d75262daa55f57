package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.compile.Reach;
import cloud.thalassa.lb.operator.compile.Reach.Host;
import cloud.thalassa.lb.operator.compile.Ref;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whom dataplanes connect to, and whom they did lately. A target that was removed keeps its
 * connections while it drains, and a network policy that no longer names it could end them. An
 * operator that starts knows only what is.
 */
final class LatelyReached {
  /** The longest that a target can drain. */
  private static final Duration DRAIN = Duration.ofHours(1);

  private final InstantSource clock;

  /** Those looked at last come last; who is gone is looked at no more. */
  private final LinkedHashMap<Ref, Seen> seen = new LinkedHashMap<>(16, 0.75f, true);

  LatelyReached(InstantSource clock) {
    this.clock = clock;
  }

  synchronized Reach with(Ref loadBalancer, Reach reach) {
    var now = clock.instant();
    var known = seen.computeIfAbsent(loadBalancer, _ -> new Seen());
    known.last = now;
    while (seen.firstEntry().getValue().last.isBefore(now.minus(DRAIN))) {
      seen.pollFirstEntry();
    }
    return new Reach(
        lately(known.namespaces, reach.namespaces(), now), lately(known.hosts, reach.hosts(), now));
  }

  private static <T> SortedSet<T> lately(Map<T, Instant> seen, Collection<T> present, Instant now) {
    seen.values().removeIf(last -> last.isBefore(now.minus(DRAIN)));
    present.forEach(one -> seen.put(one, now));
    return new TreeSet<>(seen.keySet());
  }

  private static final class Seen {
    final Map<String, Instant> namespaces = new HashMap<>();
    final Map<Host, Instant> hosts = new HashMap<>();
    Instant last = Instant.MIN;
  }
}
