package cloud.thalassa.lb.e2e.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The measure of the other tests: it sees what is cut, and nothing else. */
class LoadTest {
  private static final String ADDRESS = "10.77.250.1";

  @Test
  void countsNothingAgainstATargetThatStays() throws IOException {
    try (var backend = Backend.tcp("a", ADDRESS, 7001);
        var load = Load.start(ADDRESS, 7001)) {
      await().until(() -> load.opened() > 100);
      var result = load.stop();
      assertThat(result.cut()).isEmpty();
      assertThat(result.refused()).isEmpty();
      assertThat(result.messages()).isPositive();
      assertThat(backend.served()).isGreaterThan(100);
    }
  }

  @Test
  void seesEveryLongLivedConnectionThatIsCutAndEveryRefusal() throws IOException {
    try (var backend = Backend.tcp("a", ADDRESS, 7002);
        var load = Load.start(ADDRESS, 7002)) {
      await().until(() -> load.opened() > 10);
      backend.close();
      await().until(() -> load.failed() > 20);
      var result = load.stop();
      assertThat(result.cut()).filteredOn(cut -> cut.startsWith("long-lived")).hasSize(20);
      assertThat(result.refused()).isNotEmpty();
    }
  }
}
