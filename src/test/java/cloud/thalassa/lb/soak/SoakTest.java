package cloud.thalassa.lb.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything at once: nothing is cut, lost, changed or kept that should not be. */
class SoakTest {
  @Test
  void nothingIsCutLostChangedOrKept(@TempDir Path directory) throws Exception {
    try (var soak = new Soak(Settings.ofProperties(), directory)) {
      assertThat(soak.run()).isEmpty();
    }
  }
}
