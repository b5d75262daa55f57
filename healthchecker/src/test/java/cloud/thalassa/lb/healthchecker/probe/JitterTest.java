package cloud.thalassa.lb.healthchecker.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JitterTest {
  private static final Duration TEN = Duration.ofSeconds(10);

  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void aNewTargetIsProbedAtOnceAndAKnownOneWithinTwoSeconds() {
    assertThat(Jitter.first(true, TEN, random)).isZero();
    for (var i = 0; i < 1000; i++) {
      assertThat(Jitter.first(false, TEN, random)).isBetween(Duration.ZERO, Duration.ofSeconds(2));
      assertThat(Jitter.first(false, Duration.ofSeconds(1), random))
          .isLessThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  void theIntervalHoldsGiveOrTakeATenth() {
    var sum = Duration.ZERO;
    for (var i = 0; i < 10_000; i++) {
      var next = Jitter.next(2 + i, TEN, random);
      assertThat(next).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
      sum = sum.plus(next);
    }
    assertThat(sum.dividedBy(10_000)).isBetween(Duration.ofMillis(9970), Duration.ofMillis(10_030));
  }

  /**
   * 10,000 targets that begin in the same instant; counted in 200 ms slots of the third interval.
   */
  @Test
  void thousandsDoNotBeatInStep() {
    var slots = new int[200];
    for (var i = 0; i < 10_000; i++) {
      var at = Duration.ZERO;
      for (var done = 1; at.compareTo(Duration.ofSeconds(40)) < 0; done++) {
        slots[(int) (at.toMillis() / 200)]++;
        at = at.plus(Jitter.next(done, TEN, random));
      }
    }
    for (var slot = 100; slot < 200; slot++) {
      assertThat(slots[slot]).as("slot %d", slot).isLessThan(10_000 / 50 * 3);
    }
  }
}
