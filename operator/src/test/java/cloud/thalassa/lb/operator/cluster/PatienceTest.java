package cloud.thalassa.lb.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.operator.compile.Ref;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Ref WEB = new Ref("shop", "web");

  private final AtomicLong nanos = new AtomicLong(-1); // a clock that may say anything
  private final Patience patience = new Patience(nanos::get);

  @Test
  void theLeaderHasItsTimeFromTheFirstLook() {
    assertThat(patience.left(WEB)).isEqualTo(Patience.GRACE);
    pass(Patience.GRACE.minusMillis(1));
    assertThat(patience.left(WEB)).isEqualTo(Duration.ofMillis(1));
    pass(Duration.ofMillis(1));
    assertThat(patience.left(WEB)).isZero();
  }

  @Test
  void theNextCaseHasTimeOfItsOwn() {
    patience.left(WEB);
    pass(Patience.GRACE);
    patience.over(WEB);
    assertThat(patience.left(WEB)).isEqualTo(Patience.GRACE);
  }

  @Test
  void whoFailsTriesLaterAndLaterAndGivesUp() {
    patience.left(WEB);
    pass(Patience.GRACE);
    for (int tries = 1; tries < Patience.TRIES; tries++) {
      assertThat(patience.failed(WEB)).isTrue();
      assertThat(patience.left(WEB)).isEqualTo(Patience.GRACE.multipliedBy(1L << (tries - 1)));
      pass(patience.left(WEB));
    }
    assertThat(patience.failed(WEB)).isFalse();
    assertThat(patience.left(WEB)).as("other words begin another case").isEqualTo(Patience.GRACE);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
