package cloud.thalassa.lb.dataplane.select;

/**
 * The share of a target that is warming up: 10 % at first, and linearly to all of it.
 *
 * @param begin {@link System#nanoTime} when it began to serve
 * @param nanos how long it takes; 0: it is warm
 */
public record SlowStart(long begin, long nanos) {
  /** Takes its whole share. */
  public static final SlowStart WARM = new SlowStart(0, 0);

  /** All of a share; the unit in which it grows. */
  static final int WHOLE = 1000;

  private static final int FIRST = WHOLE / 10;

  /** The longest for which the arithmetic is exact, about four months. */
  private static final long LONGEST = Long.MAX_VALUE / WHOLE;

  public SlowStart {
    if (nanos < 0 || nanos > LONGEST) {
      throw new IllegalArgumentException("nanos: " + nanos + " (expected: 0.." + LONGEST + ")");
    }
  }

  /** Of its share, 10..100. */
  public int percent(long now) {
    return share(now) * 100 / WHOLE;
  }

  /** {@link #WHOLE} when it is warm, and never less than a tenth of that. */
  int share(long now) {
    long since = now - begin;
    if (nanos == 0 || since >= nanos) {
      return WHOLE;
    }
    return FIRST + (int) ((WHOLE - FIRST) * Math.max(since, 0) / nanos);
  }
}
