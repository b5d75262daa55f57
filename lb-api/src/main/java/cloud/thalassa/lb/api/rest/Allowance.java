package cloud.thalassa.lb.api.rest;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How much each of many may still do: so much within a window, which comes back evenly. This is the
 * generic cell rate algorithm: of each it keeps the moment at which it has all of it back.
 */
final class Allowance {
  private static final int MOST = 10_000;
  private static final long SECOND = 1_000_000_000;

  private final Map<String, Long> fullAt = new ConcurrentHashMap<>();
  private final LongSupplier nanos;
  private final long window;
  private final long each;

  Allowance(int requests, Duration window, LongSupplier nanos) {
    this.window = window.toNanos();
    this.each = this.window / requests;
    this.nanos = nanos;
  }

  /**
   * What one has after it asked.
   *
   * @param granted whether it may do what it asked for
   * @param left so often may it ask again at once
   * @param seconds until it has all of it back, or, refused, until it may ask again; rounded up
   */
  record Standing(boolean granted, long left, long seconds) {}

  Standing ask(String who) {
    long now = nanos.getAsLong();
    if (fullAt.size() >= MOST) {
      forget(now);
    }
    var standing = new Standing[1];
    fullAt.compute(
        who,
        (key, known) -> {
          long full = known == null || known - now < 0 ? now : known;
          long debt = full - now;
          boolean granted = debt + each <= window;
          standing[0] =
              granted
                  ? new Standing(true, (window - debt - each) / each, seconds(debt + each))
                  : new Standing(false, 0, seconds(debt + each - window));
          return granted ? Long.valueOf(full + each) : Long.valueOf(full);
        });
    return standing[0];
  }

  /** Who has all of it back is like one that was never here. */
  private void forget(long now) {
    fullAt.values().removeIf(full -> full - now < 0);
    if (fullAt.size() >= MOST) {
      fullAt.clear();
    }
  }

  private static long seconds(long nanos) {
    return (nanos + SECOND - 1) / SECOND;
  }
}
