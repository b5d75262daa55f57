package cloud.thalassa.lb.api.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RememberedTest {
  private final AtomicLong now = new AtomicLong();
  private final Remembered<Caller> remembered = new Remembered<>(now::get);
  private final Caller caller = new Caller("p-1", "", "", "", List.of());

  @Test
  void isFreshForAMomentAndStaleForLonger() {
    remembered.put("hash", Optional.of(caller));
    assertThat(remembered.fresh("hash")).contains(caller);
    pass(Remembered.FRESH);
    assertThat(remembered.fresh("hash")).isEmpty();
    assertThat(remembered.stale("hash")).contains(caller);
    pass(Remembered.STALE);
    assertThat(remembered.stale("hash")).isEmpty();
  }

  @Test
  void whoIsNobodyNowIsForgotten() {
    remembered.put("hash", Optional.of(caller));
    remembered.put("hash", Optional.empty());
    assertThat(remembered.stale("hash")).isEmpty();
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
