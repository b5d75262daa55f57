package cloud.thalassa.lb.dataplane.select;

import java.util.concurrent.TimeUnit;

/**
 * What connecting a target came to lately, as one number, so that it changes with one atomic write:
 * until when it is left alone, how often in a row it had to be, and whether somebody tries it.
 *
 * <p>When its time is over one connection tries it, and the others wait for what comes of it: a
 * target that does not answer costs one client the timeout, not all of them. If nothing comes of it
 * (the client left, or a UDP target that never replies) it is back in the choice after a moment.
 */
final class Standing {
  /** Nothing is held against it. */
  static final long GOOD = 0;

  private static final long SHORTEST = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);

  /** Longer than a try takes to fail. */
  private static final long TRIAL = TimeUnit.SECONDS.toNanos(5);

  /** The lowest bits of the time give way to these; what is held against somebody is never 0. */
  private static final long TRIED = 1;

  private static final int FAILURES_SHIFT = 1;
  private static final int MOST_FAILURES = 7;
  private static final long TIME = -16;

  private Standing() {}

  /** Not in the choice, for all or for all but one. */
  static boolean isOut(long standing, long now) {
    return standing != GOOD && ((standing & TRIED) == 0 || now - (standing & TIME) < 0);
  }

  /** Out, and somebody may try it. */
  static boolean isDue(long standing, long now) {
    return standing != GOOD && (standing & TRIED) == 0 && now - (standing & TIME) >= 0;
  }

  /** Out, and its time is not over. */
  static boolean isResting(long standing, long now) {
    return standing != GOOD && (standing & TRIED) == 0 && now - (standing & TIME) < 0;
  }

  static long tried(long standing, long now) {
    return (now + TRIAL & TIME) | (standing & ~TIME) | TRIED;
  }

  /** After one more failure; one of long ago does not count. */
  static long failed(long standing, long now) {
    var before =
        standing == GOOD || now - (standing & TIME) > LONGEST
            ? 0
            : (standing & ~TIME) >> FAILURES_SHIFT;
    var pause = Math.min(SHORTEST << before, LONGEST);
    var failures = Math.min(before + 1, MOST_FAILURES);
    return (now + pause & TIME) | failures << FAILURES_SHIFT;
  }
}
