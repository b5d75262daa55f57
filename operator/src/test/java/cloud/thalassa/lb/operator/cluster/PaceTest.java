package cloud.thalassa.lb.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may wrap around
  private final Pace pace = new Pace(now::get);
  private final Pace.Last last = pace.initState();

  @Test
  void theFirstChangeTakesEffectAtOnce() {
    assertThat(pace.isLimited(last)).isEmpty();
  }

  @Test
  void whatFollowsWaitsForTheRestOfTheInterval() {
    pace.isLimited(last);
    after(Duration.ofMillis(30));
    assertThat(pace.isLimited(last)).contains(Duration.ofMillis(21));
    after(Duration.ofMillis(19));
    assertThat(pace.isLimited(last)).contains(Duration.ofMillis(2));
    after(Duration.ofMillis(1));
    assertThat(pace.isLimited(last)).isEmpty();
  }

  @Test
  void aBurstIsOneReconciliationAnInterval() {
    var allowed = 0;
    for (int i = 0; i < 1000; i++) {
      allowed += pace.isLimited(last).isEmpty() ? 1 : 0;
      after(Duration.ofMillis(1));
    }
    assertThat(allowed).isEqualTo(20);
  }

  @Test
  void afterAPauseThereIsNoWait() {
    pace.isLimited(last);
    after(Duration.ofSeconds(5));
    assertThat(pace.isLimited(last)).isEmpty();
  }

  private void after(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
