package cloud.thalassa.lb.kubectl.diff;

import cloud.thalassa.lb.dataplane.table.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who gets to a listener, before and after, and to whom. */
final class Access {
  /** So many clients are tried: the share that moves is known to a percent. */
  static final int TRIED = 20_000;

  private static final long SEED = 7;

  private final Route before;
  private final Route after;
  private final List<Range> lost = new ArrayList<>();
  private final List<Range> gained = new ArrayList<>();
  private final List<Range> kept = new ArrayList<>();
  private final List<Range> neither = new ArrayList<>();

  Access(Route before, Route after) {
    this.before = before;
    this.after = after;
    var cidrs = new HashSet<String>();
    sources(before, cidrs);
    sources(after, cidrs);
    for (var piece : Range.pieces(cidrs)) {
      sort(piece);
    }
  }

  /** As CIDRs. */
  List<String> lost() {
    return cidrs(lost);
  }

  List<String> gained() {
    return cidrs(gained);
  }

  /** Who is let in before and after, if access changes for all others; null: not for all. */
  @Nullable List<String> but() {
    boolean changed = lost.isEmpty() != gained.isEmpty();
    return changed && neither.isEmpty() && !kept.isEmpty() ? cidrs(kept) : null;
  }

  /** Of those who are let in before and after; null: no policy binds them to targets. */
  @Nullable Double movedPercent() {
    if (kept.isEmpty()) {
      return null;
    }
    var random = new SplittableRandom(SEED);
    int bound = 0;
    int moved = 0;
    for (int i = 0; i < TRIED; i++) {
      var range = kept.get(i % kept.size());
      var address = range.pick(random.nextLong(), random.nextLong());
      var was = before.certain(range.high(address), range.low(address), 0);
      var is = after.certain(range.high(address), range.low(address), 0);
      if (was != null && is != null) {
        bound++;
        moved += was.address().equals(is.address()) ? 0 : 1;
      }
    }
    return bound == 0 ? null : 100.0 * moved / bound;
  }

  private void sort(Range piece) {
    long high = piece.high(piece.first());
    long low = piece.low(piece.first());
    boolean was = ports(before).stream().anyMatch(port -> admits(before, port, high, low));
    boolean is = ports(after).stream().anyMatch(port -> admits(after, port, high, low));
    if (was && is) {
      kept.add(piece);
      return;
    }
    (was ? lost : is ? gained : neither).add(piece);
  }

  private static boolean admits(Route route, int port, long high, long low) {
    return route.admission().admits(high, low)
        && (route.securityRules() == null
            || route.securityRules().admit(route.protocol(), port, high, low));
  }

  /** One for each part of its range that rules may tell apart. */
  private static Set<Integer> ports(Route route) {
    var ports = new TreeSet<Integer>();
    ports.add(route.port());
    if (route.securityRules() != null && route.port() != route.endPort()) {
      for (var rule : route.securityRules().rules()) {
        if (rule.ports() != null) {
          ports.add(rule.ports().from());
          ports.add(rule.ports().to() + 1);
        }
      }
      ports.removeIf(port -> !route.binds(port));
    }
    return ports;
  }

  private static void sources(Route route, Set<String> cidrs) {
    cidrs.addAll(route.admission().sources());
    if (route.securityRules() != null) {
      route.securityRules().rules().forEach(rule -> cidrs.addAll(rule.sources()));
    }
  }

  private static List<String> cidrs(List<Range> ranges) {
    return Range.joined(ranges).stream().flatMap(it -> it.cidrs().stream()).toList();
  }
}
