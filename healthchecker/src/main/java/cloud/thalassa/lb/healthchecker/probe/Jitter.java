package cloud.thalassa.lb.healthchecker.probe;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When the next probe of a target is due, so that thousands never beat in step. Pure: the
 * randomness is passed in.
 */
final class Jitter {
  private static final Duration SPREAD = Duration.ofSeconds(2);

  /**
   * Nobody waits longer than needed for the first verdict on a new target; known ones are spread.
   */
  static Duration first(boolean urgent, Duration interval, RandomGenerator random) {
    return urgent
        ? Duration.ZERO
        : scaled(interval.compareTo(SPREAD) < 0 ? interval : SPREAD, random.nextDouble());
  }

  /**
   * From one start to the next. Targets that began together part after their first probe, which is
   * followed by half an interval to a whole one; then the interval holds, give or take a tenth.
   */
  static Duration next(int done, Duration interval, RandomGenerator random) {
    return scaled(
        interval, done == 1 ? 0.5 + random.nextDouble() / 2 : 0.9 + random.nextDouble() / 5);
  }

  private static Duration scaled(Duration duration, double factor) {
    return Duration.ofNanos((long) (duration.toNanos() * factor));
  }

  private Jitter() {}
}
