package cloud.thalassa.lb.dataplane.table;

import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.dataplane.select.AddressHash;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pools that share the connections of a listener. Immutable. */
public record Split(List<Share> shares) {
  /** Tells the hash that chooses a pool from the one that chooses in it. */
  private static final int SALT = 1;

  public Split {
    shares = List.copyOf(shares);
  }

  /**
   * The part of a pool.
   *
   * @param pool null: the connections of this part are refused
   * @param weight of all weights; 0: no connection
   */
  public record Share(@Nullable Pool pool, int weight) {
    public Share {
      if (weight < 0) {
        throw new IllegalArgumentException("weight: " + weight + " (expected: 0 or more)");
      }
    }
  }

  static Split all(Pool pool) {
    return new Split(List.of(new Share(pool, 1)));
  }

  public Stream<Pool> pools() {
    return shares.stream().map(Share::pool).filter(Objects::nonNull);
  }

  @Nullable Pool named(String name) {
    for (var share : shares) {
      if (share.pool != null && share.pool.name().equals(name)) {
        return share.pool;
      }
    }
    return null;
  }

  /**
   * The pool of a new connection; null: it is refused. Where every pool chooses by the client's
   * address, so does this, for a client that is to come back to its target must come back to its
   * pool first.
   */
  @Nullable Pool choose(long clientHigh, long clientLow, RandomGenerator random) {
    int sum = 0;
    boolean byAddress = true;
    for (var share : shares) {
      sum = Math.addExact(sum, share.weight);
      byAddress &= byAddress(share);
    }
    if (sum == 0) {
      return null;
    }
    int point =
        shares.size() == 1
            ? 0
            : byAddress
                ? (int) Long.remainderUnsigned(AddressHash.of(clientHigh, clientLow, SALT), sum)
                : random.nextInt(sum);
    for (var share : shares) {
      point -= share.weight;
      if (point < 0) {
        return share.pool;
      }
    }
    throw new AssertionError("a point of " + sum + " lies in no share");
  }

  /** The same where nothing is left to chance; null: it is, or the connection is refused. */
  @Nullable Pool certain(long clientHigh, long clientLow) {
    return shares.size() == 1 || shares.stream().allMatch(Split::byAddress)
        ? choose(clientHigh, clientLow, () -> 0)
        : null;
  }

  private static boolean byAddress(Share share) {
    return share.pool == null || share.pool.selector().policy() == SelectionPolicy.MAGLEV;
  }
}
