package cloud.thalassa.lb.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AgainTest {
  private final AtomicInteger taken = new AtomicInteger();

  @Test
  void aStepIsTakenUntilItIsDone() {
    var done = new CountDownLatch(1);
    Again.start(
        "to count to three",
        () -> {
          if (taken.incrementAndGet() < 3) {
            return Duration.ofMillis(1);
          }
          done.countDown();
          return null;
        });
    await().until(() -> done.getCount() == 0);
    assertThat(taken).hasValue(3);
  }

  @Test
  void aDefectIsNotTheEnd() {
    Again.start(
        "to fail once",
        () -> {
          if (taken.incrementAndGet() == 1) {
            throw new IllegalStateException("as intended");
          }
          return null;
        });
    await().until(() -> taken.get() == 2);
  }

  @Test
  void whatIsCalledOffIsNotTakenAgain() throws InterruptedException {
    var ended = new CountDownLatch(1);
    var again =
        Again.start(
            "to wait for good",
            () -> {
              taken.incrementAndGet();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException calledOff) {
                Thread.currentThread().interrupt();
                ended.countDown();
              }
              return Duration.ofMillis(1);
            });
    await().until(() -> taken.get() == 1);
    again.close();
    ended.await();
    assertThat(taken).hasValue(1);
  }
}
