package cloud.thalassa.lb.dataplane.select;

import cloud.thalassa.lb.crds.SelectionPolicy;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among the targets that take new connections. Shared by all event loops, without locks.
 */
public sealed interface Selector permits RoundRobin, WeightedRandom, LeastConnections, Maglev {
  /**
   * Targets in the order in which they are to be tried: each at most once, none when nobody serves.
   * The iterator is for one connection on one thread.
   *
   * @param clientHigh the first 64 bits of the client's address, IPv4 as IPv4-mapped IPv6
   * @param clientLow its last 64 bits
   * @param now {@link System#nanoTime}
   */
  Iterator<Target> candidates(long clientHigh, long clientLow, long now, RandomGenerator random);

  SelectionPolicy policy();

  /** What serves, in the order of addresses. */
  List<Weighted> members();

  /**
   * The selector of a policy over members in the order of their addresses. {@code previous} is the
   * one that this one replaces: it is kept if nothing changed, and a rotation goes on where it was.
   */
  static Selector of(SelectionPolicy policy, List<Weighted> members, @Nullable Selector previous) {
    if (previous != null && previous.policy() == policy && previous.members().equals(members)) {
      return previous;
    }
    return switch (policy) {
      case ROUND_ROBIN -> RoundRobin.of(members, previous);
      case RANDOM -> new WeightedRandom(members);
      case LEAST_CONNECTIONS -> new LeastConnections(members);
      case MAGLEV -> new Maglev(members);
    };
  }
}
