package cloud.thalassa.lb.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.api.rest.Allowance.Standing;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AllowanceTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // which overflows
  private final Allowance allowance = new Allowance(4, Duration.ofSeconds(8), now::get);

  @Test
  void soManyAtOnceAndThenOneAfterTheOther() {
    assertThat(allowance.ask("a")).isEqualTo(new Standing(true, 3, 2));
    assertThat(allowance.ask("a")).isEqualTo(new Standing(true, 2, 4));
    assertThat(allowance.ask("a")).isEqualTo(new Standing(true, 1, 6));
    assertThat(allowance.ask("a")).isEqualTo(new Standing(true, 0, 8));
    assertThat(allowance.ask("a")).isEqualTo(new Standing(false, 0, 2));
    assertThat(allowance.ask("b").granted()).as("somebody else").isTrue();
    now.addAndGet(Duration.ofMillis(1500).toNanos());
    assertThat(allowance.ask("a")).isEqualTo(new Standing(false, 0, 1));
    now.addAndGet(Duration.ofMillis(500).toNanos());
    assertThat(allowance.ask("a")).isEqualTo(new Standing(true, 0, 8));
    assertThat(allowance.ask("a").granted()).isFalse();
  }

  @Test
  void whoWaitsHasAllOfItAgain() {
    for (int i = 0; i < 10; i++) {
      allowance.ask("a");
    }
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(allowance.ask("a")).isEqualTo(new Standing(true, 3, 2));
  }

  @Test
  void manyAreNotRememberedForEver() {
    for (int i = 0; i < 30_000; i++) {
      now.addAndGet(Duration.ofMillis(1).toNanos());
      allowance.ask("one-" + i);
    }
    for (int i = 0; i < 4; i++) {
      assertThat(allowance.ask("another").granted()).isTrue();
    }
    assertThat(allowance.ask("another").granted()).isFalse();
  }
}
