package cloud.thalassa.lb.dataplane.relay.epoll;

import java.util.Arrays;

/**
 * When each of many numbered things has to be looked at, hashed by tick (Varghese and Lauck,
 * "Hashed and Hierarchical Timing Wheels", SOSP'87). A thing whose deadline moves further away is
 * not touched: it is looked at too early, says so, and is set again. All of it costs O(1), a tick
 * O(things that are due or more than a round away).
 */
final class TimerWheel {
  /** A power of two. */
  private static final int BUCKETS = 1024;

  private static final int NONE = -1;

  /** What is due. */
  interface Due {
    /** Looks at it; it is not in the wheel any more, and may be set again. */
    void look(int id);
  }

  private final long tickNanos;
  private final int[] first = new int[BUCKETS];
  private int[] next = new int[0];
  private int[] previous = new int[0];
  private int[] bucket = new int[0];
  private long tick;
  private int size;

  /**
   * @param now in nanoseconds, of a clock that only {@link #advance} tells the time of
   */
  TimerWheel(long tickNanos, long now) {
    this.tickNanos = tickNanos;
    this.tick = Math.floorDiv(now, tickNanos);
    Arrays.fill(first, NONE);
  }

  int size() {
    return size;
  }

  /** Makes room for the ids below this. */
  void grow(int ids) {
    int before = next.length;
    if (ids <= before) {
      return;
    }
    next = Arrays.copyOf(next, ids);
    previous = Arrays.copyOf(previous, ids);
    bucket = Arrays.copyOf(bucket, ids);
    Arrays.fill(bucket, before, ids, NONE);
  }

  /** To be looked at when this time has passed, at most a tick later; or earlier, if it is far. */
  void set(int id, long deadline) {
    cancel(id);
    long ticks = Math.floorDiv(deadline, tickNanos) + 1 - tick;
    long within = Math.clamp(ticks, 1, BUCKETS - 1);
    int place = (int) (tick + within) & (BUCKETS - 1);
    int head = first[place];
    first[place] = id;
    next[id] = head;
    previous[id] = NONE;
    bucket[id] = place;
    if (head != NONE) {
      previous[head] = id;
    }
    size++;
  }

  void cancel(int id) {
    int place = bucket[id];
    if (place == NONE) {
      return;
    }
    if (previous[id] == NONE) {
      first[place] = next[id];
    } else {
      next[previous[id]] = next[id];
    }
    if (next[id] != NONE) {
      previous[next[id]] = previous[id];
    }
    bucket[id] = NONE;
    size--;
  }

  void advance(long now, Due due) {
    long until = Math.floorDiv(now, tickNanos);
    if (until - tick > BUCKETS) {
      tick = until - BUCKETS;
    }
    while (tick < until) {
      tick++;
      int place = (int) tick & (BUCKETS - 1);
      for (int id = first[place]; id != NONE; id = first[place]) {
        cancel(id);
        due.look(id);
      }
    }
  }
}
