package cloud.thalassa.lb.dataplane.admit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Prefixes of one address family, as 128-bit numbers, in the order of their first addresses, the
 * wider first. Prefixes are nested or disjoint, so without the nested ones at most the one that
 * starts last before an address can contain it: one binary search, O(log prefixes).
 */
final class Prefixes {
  private final long[] high;
  private final long[] low;
  private final int[] length;

  /**
   * @param sorted {@link Prefix#WIDER_FIRST}
   */
  Prefixes(List<Prefix> sorted) {
    high = sorted.stream().mapToLong(Prefix::high).toArray();
    low = sorted.stream().mapToLong(Prefix::low).toArray();
    length = sorted.stream().mapToInt(Prefix::length).toArray();
  }

  /** Without those that lie in others. */
  static Prefixes disjoint(List<Prefix> prefixes) {
    var sorted = prefixes.stream().sorted(Prefix.WIDER_FIRST).toList();
    var disjoint = new ArrayList<Prefix>();
    for (var prefix : sorted) {
      if (disjoint.isEmpty() || !disjoint.getLast().contains(prefix.high(), prefix.low())) {
        disjoint.add(prefix);
      }
    }
    return new Prefixes(disjoint);
  }

  /** Whether one of these, which are disjoint, contains the address. */
  boolean contain(long addressHigh, long addressLow) {
    int last = lastFrom(addressHigh, addressLow);
    return last >= 0 && contains(last, addressHigh, addressLow);
  }

  boolean contains(int at, long addressHigh, long addressLow) {
    return Prefix.contains(high[at], low[at], length[at], addressHigh, addressLow);
  }

  /** The last one that starts at or before the address; -1: none does. */
  int lastFrom(long addressHigh, long addressLow) {
    int from = 0;
    int to = high.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      int order = Long.compareUnsigned(high[middle], addressHigh);
      if (order == 0) {
        order = Long.compareUnsigned(low[middle], addressLow);
      }
      if (order <= 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from - 1;
  }

  /** The first {@code length} bits, 0..128, of a number; the others are 0. */
  record Prefix(long high, long low, int length) {
    static final Comparator<Prefix> WIDER_FIRST =
        Comparator.<Prefix>comparingLong(prefix -> prefix.high + Long.MIN_VALUE)
            .thenComparingLong(prefix -> prefix.low + Long.MIN_VALUE)
            .thenComparingInt(Prefix::length);

    boolean contains(long addressHigh, long addressLow) {
      return contains(high, low, length, addressHigh, addressLow);
    }

    static boolean contains(long high, long low, int length, long addressHigh, long addressLow) {
      return ((high ^ addressHigh) & highMask(length)) == 0
          && ((low ^ addressLow) & lowMask(length)) == 0;
    }

    static long highMask(int length) {
      return length == 0 ? 0 : length >= 64 ? -1 : -1L << (64 - length);
    }

    static long lowMask(int length) {
      return length <= 64 ? 0 : -1L << (128 - length);
    }
  }
}
