package cloud.thalassa.lb.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything at once: nothing is cut, lost, changed or kept that should not be. */
class SoakTest {
  static List<String> engines() {
    var chosen = System.getProperty("soak.engine");
    return chosen == null ? List.of("vertx", "epoll") : List.of(chosen);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void nothingIsCutLostChangedOrKept(String engine, @TempDir Path directory) throws Exception {
    try (var soak = new Soak(Settings.ofProperties(engine), directory)) {
      assertThat(soak.run()).isEmpty();
    }
  }
}
