package cloud.thalassa.lb.dataplane.admit;

import org.jspecify.annotations.Nullable;

/**
 * What single sources may take of one listener. A source is a client address, or the /64 of an IPv6
 * client, as one user has all of it. Shared by all loops; each source is behind one of 16 locks,
 * held for a few memory accesses.
 *
 * <p>Memory is bounded: about 40 bytes for each source with a live connection (at most {@value
 * #MOST} sources; a further one is refused), and for at most {@value #MOST_IDLE} without one, which
 * are remembered while their rate counts. When those are more, as in a scan from many addresses,
 * the ones without a connection for longest are forgotten first: such a source may have a new
 * burst. Live connections are never forgotten. Cost: O(1).
 */
public final class SourceLimits {
  private static final int STRIPE_BITS = 4;
  private static final int STRIPES = 1 << STRIPE_BITS;
  static final int MOST = 1 << 20;
  static final int MOST_IDLE = 1 << 16;

  /** Stands before an IPv4 address: nobody's source address is multicast. */
  private static final long IPV4 = 0xff00_0000_0000_0000L;

  private final SourceTable[] stripes = new SourceTable[STRIPES];
  private final long seed;

  /** Why a source gets no further connection for now. */
  public enum Refusal {
    CONNECTIONS,
    RATE
  }

  /**
   * @param seed unknown to clients, so that none can choose addresses that make this slow
   */
  public SourceLimits(long seed) {
    this.seed = seed;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new SourceTable(MOST / STRIPES, MOST_IDLE / STRIPES);
    }
  }

  /**
   * Counts a connection, unless its source has what it may have; a refused one counts nowhere. The
   * limits may be others at each call. The burst is one second's worth.
   *
   * @param high the address as two halves, IPv4 as IPv4-mapped IPv6
   * @param maxConnections at the same time; 0: no limit
   * @param newPerSecond 0: no limit
   * @param now in nanoseconds, of any origin
   * @return null: it was counted, and {@link #left} has to follow once
   */
  public @Nullable Refusal enter(
      long high, long low, int maxConnections, int newPerSecond, long now) {
    long key = key(high, low);
    long hash = hash(key);
    var stripe = stripe(hash);
    synchronized (stripe) {
      return stripe.enter(key, (int) hash, maxConnections, newPerSecond, now);
    }
  }

  /** The end of a connection that was counted. */
  public void left(long high, long low) {
    long key = key(high, low);
    long hash = hash(key);
    var stripe = stripe(hash);
    synchronized (stripe) {
      stripe.left(key, (int) hash);
    }
  }

  /** Connections of a source that are counted now. */
  public int live(long high, long low) {
    long key = key(high, low);
    long hash = hash(key);
    var stripe = stripe(hash);
    synchronized (stripe) {
      return stripe.live(key, (int) hash);
    }
  }

  /** That are known now, with and without connections. */
  int known() {
    int known = 0;
    for (var stripe : stripes) {
      synchronized (stripe) {
        known += stripe.known();
      }
    }
    return known;
  }

  private SourceTable stripe(long hash) {
    return stripes[(int) (hash >>> (Long.SIZE - STRIPE_BITS))];
  }

  private static long key(long high, long low) {
    return Ip.isMapped(high, low) ? IPV4 | Integer.toUnsignedLong((int) low) : high;
  }

  /** The finalizer of SplitMix64. */
  private long hash(long key) {
    long z = key ^ seed;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
