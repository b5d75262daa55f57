package cloud.thalassa.lb.dataplane.select;

import cloud.thalassa.lb.crds.SelectionPolicy;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among the targets that take new connections. Shared by all event loops; a choice takes no
 * lock.
 */
public abstract sealed class Selector permits RoundRobin, WeightedRandom, LeastConnections, Maglev {
  final List<Weighted> members;
  private final Avoidance avoidance;

  Selector(List<Weighted> members, @Nullable Selector previous) {
    this.members = List.copyOf(members);
    this.avoidance = previous == null ? new Avoidance() : previous.avoidance;
  }

  /**
   * Targets in the order in which they are to be tried: each at most once, those that are left
   * alone after a failure last; none when nobody serves. The iterator is for one connection on one
   * thread.
   *
   * <p>Allocates the iterator, of at most 64 bytes. Its first element allocates nothing and its
   * second a bit for each member.
   *
   * @param clientHigh the first 64 bits of the client's address, IPv4 as IPv4-mapped IPv6
   * @param clientLow its last 64 bits
   * @param now {@link System#nanoTime}
   */
  public final Iterator<Target> candidates(
      long clientHigh, long clientLow, long now, RandomGenerator random) {
    return members.isEmpty() ? Candidates.none() : draws(clientHigh, clientLow, now, random);
  }

  /**
   * The first of these candidates, without becoming its visitor: nobody else's choice changes.
   * Null: the policy leaves it to chance or to what others do, or most targets are left alone.
   */
  public @Nullable Target certain(long clientHigh, long clientLow, long now) {
    return null;
  }

  abstract Candidates draws(long clientHigh, long clientLow, long now, RandomGenerator random);

  /**
   * To be called when a target refused to be connected, could not be reached, or did not answer in
   * time; not when there was no socket to try it with. It is left alone for a second, for twice as
   * long with each further failure, and for a minute at most; then one connection tries it. {@link
   * Target#succeeded} ends that. Never more than half of the members are left alone, so never the
   * last one.
   *
   * @param now {@link System#nanoTime}
   * @return whether it is left alone from now on
   */
  public final boolean failed(Target target, long now) {
    return avoidance.failed(members, target, now);
  }

  public abstract SelectionPolicy policy();

  /** What serves, in the order of addresses. */
  public final List<Weighted> members() {
    return members;
  }

  /**
   * The selector of a policy over members in the order of their addresses. {@code previous} is the
   * one that this one replaces: it is kept if nothing changed, and a rotation goes on where it was.
   */
  public static Selector of(
      SelectionPolicy policy, List<Weighted> members, @Nullable Selector previous) {
    if (previous != null && previous.policy() == policy && previous.members().equals(members)) {
      return previous;
    }
    return switch (policy) {
      case ROUND_ROBIN -> new RoundRobin(members, previous);
      case RANDOM -> new WeightedRandom(members, previous);
      case LEAST_CONNECTIONS -> new LeastConnections(members, previous);
      case MAGLEV -> new Maglev(members, previous);
    };
  }
}
