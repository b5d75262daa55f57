package cloud.thalassa.lb.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ControllerTest {
  @Test
  void triesAgainSoonAtFirstAndThenEverLessOften() {
    var tries = Controller.persistent().initExecution();
    assertThat(Stream.generate(tries::nextDelay).limit(8).map(Optional::orElseThrow))
        .containsExactly(200L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L);
  }
}
