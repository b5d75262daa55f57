package cloud.thalassa.lb.healthchecker.assign;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who is alive, as far as one checker can tell from lists of Leases and its own monotonic clock: a
 * member lives while its beat changes. Wall clocks are never compared.
 *
 * <p>Why two checkers never write for the same group: each judges by a list that is younger than
 * {@link #FENCE}, or does not write. One that appears waits a whole {@link #LEASE} before its first
 * write, and by then everybody who may write has seen it in a list. One that is declared dead has
 * not renewed for a {@link #LEASE}, and so stopped writing long before. One that could not list
 * freezes: it keeps its view, and afterwards returns like one that is new.
 */
public final class Membership implements Ownership {
  public static final Duration LEASE = Duration.ofSeconds(3);

  /** A renewal older than this forbids writing; the rest of the lease is for a write under way. */
  static final Duration FENCE = Duration.ofSeconds(2);

  private static final int WATCHERS = 2;

  private static final Duration LITTER = Duration.ofMinutes(2);

  private final String self;
  private final Map<String, Seen> others;
  private final Set<String> live;
  private final boolean joined;
  private final long renewed;
  private final long writesFrom;

  private Membership(
      String self, Map<String, Seen> others, boolean joined, long renewed, long writesFrom) {
    this.self = self;
    this.others = Map.copyOf(others);
    this.joined = joined;
    this.renewed = renewed;
    this.writesFrom = writesFrom;
    this.live = new TreeSet<>();
    if (joined) {
      live.add(self);
    }
    others.forEach(
        (member, seen) -> {
          if (seen.alive) {
            live.add(member);
          }
        });
  }

  /** Before the first renewal: nothing is known, nothing is owned. */
  public static Membership outside(String self) {
    return new Membership(self, Map.of(), false, 0, 0);
  }

  /**
   * After this checker renewed its own Lease and then listed all: begun and ended at these moments
   * of the monotonic clock, in nanoseconds.
   */
  public Membership renewed(Collection<Heartbeat> heartbeats, long begun, long ended) {
    var returning = !fresh(begun);
    var now = new HashMap<String, Seen>();
    for (var heartbeat : heartbeats) {
      if (!heartbeat.member().equals(self)) {
        var before = returning ? null : others.get(heartbeat.member());
        now.put(heartbeat.member(), Seen.next(before, heartbeat.beat(), ended));
      }
    }
    var from = !returning ? writesFrom : now.isEmpty() ? ended : ended + LEASE.toNanos();
    return new Membership(self, now, true, begun, from);
  }

  /** Those that share the target groups, this checker included once it has renewed. */
  public Set<String> live() {
    return Set.copyOf(live);
  }

  /** Members that have been dead for so long that their Leases are only litter. */
  public Set<String> longDead() {
    var dead = new TreeSet<String>();
    others.forEach(
        (member, seen) -> {
          if (!seen.alive && renewed - seen.at > LITTER.toNanos()) {
            dead.add(member);
          }
        });
    return dead;
  }

  @Override
  public boolean owns(String group) {
    return Rendezvous.owner(group, live).filter(self::equals).isPresent();
  }

  /**
   * Whether a replica of a load balancer is this checker's to watch. It has two watchers: one of
   * them may be on the node that goes down with it.
   */
  public boolean watches(String replica) {
    return Rendezvous.owners(replica, live, WATCHERS).contains(self);
  }

  @Override
  public boolean mayWrite(long now) {
    return fresh(now) && now - writesFrom >= 0;
  }

  private boolean fresh(long now) {
    return joined && now - renewed < FENCE.toNanos();
  }

  private record Seen(String beat, long at, boolean alive) {
    static Seen next(@Nullable Seen before, String beat, long now) {
      return before == null || !before.beat.equals(beat)
          ? new Seen(beat, now, true)
          : new Seen(beat, before.at, now - before.at < LEASE.toNanos());
    }
  }
}
