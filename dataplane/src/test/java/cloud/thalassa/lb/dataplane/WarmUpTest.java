package cloud.thalassa.lb.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WarmUpTest {
  @ParameterizedTest
  @EnumSource
  void talksToItselfAndLeavesNothingBehind(EngineChoice choice) throws Exception {
    var before = threads();
    var warmUp = WarmUp.begin(choice);

    assertThat(warmUp.conversations().get(20, TimeUnit.SECONDS)).isPositive();
    assertThat(warmUp.over()).isTrue();
    await().until(() -> threads() <= before);
  }

  @Test
  void isOverWhereThereIsNone() {
    assertThat(WarmUp.none().over()).isTrue();
  }

  /** Of loops. */
  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("(epoll-loop|vert.x-eventloop).*"))
        .count();
  }
}
