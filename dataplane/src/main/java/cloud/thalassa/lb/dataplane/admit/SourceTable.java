package cloud.thalassa.lb.dataplane.admit;

import cloud.thalassa.lb.dataplane.admit.SourceLimits.Refusal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sources in flat arrays, found by a hash table with chains. Those without a connection are in a
 * list, in the order in which they lost their last one, until they are forgotten. For one thread at
 * a time.
 */
final class SourceTable {
  private static final int NONE = -1;
  private static final int NOT_IDLE = -2;
  private static final int FIRST_CAPACITY = 16;
  private static final int FORGOTTEN_AT_ONCE = 2;
  private static final long SECOND = 1_000_000_000L;

  private final int most;
  private final int mostIdle;

  /** By hash, the first source of its chain. */
  private int[] chains = {};

  private long[] keys = {};
  private int[] hashes = {};
  private int[] live = {};

  /** The rate of a source as one time: when its burst is whole again (GCRA). */
  private long[] whole = {};

  /** The next in its chain, or the next free place. */
  private int[] next = {};

  private int[] older = {};
  private int[] newer = {};
  private int oldest = NONE;
  private int newest = NONE;
  private int free = NONE;
  private int idle;
  private int known;

  /**
   * @param most sources
   * @param mostIdle of them, without a connection
   */
  SourceTable(int most, int mostIdle) {
    this.most = most;
    this.mostIdle = mostIdle;
  }

  @Nullable Refusal enter(long key, int hash, int maxConnections, int newPerSecond, long now) {
    int at = find(key, hash);
    if (at == NONE) {
      at = add(key, hash, now);
    }
    if (at == NONE || (maxConnections != 0 && live[at] >= maxConnections)) {
      return Refusal.CONNECTIONS;
    }
    if (newPerSecond != 0) {
      long each = (SECOND + newPerSecond - 1) / newPerSecond;
      long then = (whole[at] - now > 0 ? whole[at] : now) + each;
      if (then - now > each * newPerSecond) {
        return Refusal.RATE;
      }
      whole[at] = then;
    }
    if (live[at]++ == 0 && older[at] != NOT_IDLE) {
      unlink(at);
    }
    return null;
  }

  void left(long key, int hash) {
    int at = find(key, hash);
    assert at != NONE && live[at] > 0 : "a source left that was not there";
    if (--live[at] == 0) {
      link(at);
      if (idle > mostIdle) {
        forgetOldest();
      }
    }
  }

  int live(long key, int hash) {
    int at = find(key, hash);
    return at == NONE ? 0 : live[at];
  }

  int known() {
    return known;
  }

  private int find(long key, int hash) {
    if (chains.length == 0) {
      return NONE;
    }
    int at = chains[hash & (chains.length - 1)];
    while (at != NONE && keys[at] != key) {
      at = next[at];
    }
    return at;
  }

  /** With no connection yet and not idle either; NONE: there is no room. */
  private int add(long key, int hash, long now) {
    for (int i = 0; i < FORGOTTEN_AT_ONCE && oldest != NONE && whole[oldest] - now <= 0; i++) {
      forgetOldest();
    }
    if (known == most && oldest != NONE) {
      forgetOldest();
    }
    if (known == most) {
      return NONE;
    }
    if (free == NONE) {
      grow();
    }
    int at = free;
    free = next[at];
    known++;
    keys[at] = key;
    hashes[at] = hash;
    live[at] = 0;
    whole[at] = now;
    older[at] = NOT_IDLE;
    chain(at);
    return at;
  }

  private void chain(int at) {
    int bucket = hashes[at] & (chains.length - 1);
    next[at] = chains[bucket];
    chains[bucket] = at;
  }

  private void forgetOldest() {
    int at = oldest;
    unlink(at);
    int bucket = hashes[at] & (chains.length - 1);
    if (chains[bucket] == at) {
      chains[bucket] = next[at];
    } else {
      int before = chains[bucket];
      while (next[before] != at) {
        before = next[before];
      }
      next[before] = next[at];
    }
    next[at] = free;
    free = at;
    known--;
  }

  private void link(int at) {
    older[at] = newest;
    newer[at] = NONE;
    if (newest == NONE) {
      oldest = at;
    } else {
      newer[newest] = at;
    }
    newest = at;
    idle++;
  }

  private void unlink(int at) {
    if (older[at] == NONE) {
      oldest = newer[at];
    } else {
      newer[older[at]] = newer[at];
    }
    if (newer[at] == NONE) {
      newest = older[at];
    } else {
      older[newer[at]] = older[at];
    }
    older[at] = NOT_IDLE;
    idle--;
  }

  /** Called when every place is taken: all of them are in chains, and all new ones are free. */
  private void grow() {
    int from = keys.length;
    int to = Math.min(most, Math.max(FIRST_CAPACITY, 2 * from));
    keys = Arrays.copyOf(keys, to);
    hashes = Arrays.copyOf(hashes, to);
    live = Arrays.copyOf(live, to);
    whole = Arrays.copyOf(whole, to);
    next = Arrays.copyOf(next, to);
    older = Arrays.copyOf(older, to);
    newer = Arrays.copyOf(newer, to);
    chains = new int[Integer.highestOneBit(2 * to - 1)];
    Arrays.fill(chains, NONE);
    for (int at = 0; at < from; at++) {
      chain(at);
    }
    for (int at = to - 1; at >= from; at--) {
      next[at] = free;
      free = at;
    }
  }
}
