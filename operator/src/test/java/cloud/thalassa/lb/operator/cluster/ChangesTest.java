package cloud.thalassa.lb.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.operator.compile.Ref;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ChangesTest {
  private static final Ref WEB = new Ref("shop", "web");

  private final AtomicLong nanos = new AtomicLong();
  private final Changes changes = new Changes(nanos::get);

  @Test
  void aChangeTakesFromItsFirstDecisionToTheFirstTimeThatAllServeIt() {
    changes.decided(WEB, "r1");
    pass(10);
    changes.decided(WEB, "r1");
    pass(20);
    assertThat(changes.applied(WEB, "r1")).isEqualTo(Duration.ofMillis(30));
    pass(1000);
    assertThat(changes.applied(WEB, "r1")).isEqualTo(Duration.ofMillis(30));
  }

  @Test
  void ofWhatWasDecidedBeforeItsTimeNothingIsKnown() {
    assertThat(changes.applied(WEB, "r1")).isNull();
  }

  @Test
  void aNewDecisionReplacesTheOneBefore() {
    changes.decided(WEB, "r1");
    changes.decided(WEB, "r2");
    assertThat(changes.applied(WEB, "r1")).isNull();
    pass(5);
    assertThat(changes.applied(WEB, "r2")).isEqualTo(Duration.ofMillis(5));
  }

  @Test
  void whatIsPublishedIsForgotten() {
    changes.decided(WEB, "r1");
    changes.published(WEB, "r0");
    assertThat(changes.applied(WEB, "r1")).isNotNull();
    changes.published(WEB, "r1");
    assertThat(changes.applied(WEB, "r1")).isNull();
  }

  private void pass(long millis) {
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
  }
}
