package cloud.thalassa.lb.dataplane.report;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.DataplaneReportSpec;
import cloud.thalassa.lb.crds.DataplaneReportSpec.ListenerReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServingSinceTest {
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private final ServingSince since = new ServingSince(() -> now);

  @Test
  void isTheMomentInWhichTheLastListenerWasBound() {
    assertThat(said("a", "not bound yet")).isNull();
    now = now.plusMillis(250);
    assertThat(said("a", null)).isEqualTo("2026-01-02T03:04:05.250Z");
    now = now.plusMillis(250);
    assertThat(said("a", null)).isEqualTo("2026-01-02T03:04:05.250Z");
    assertThat(said("b", "not bound yet")).isNull();
    assertThat(said("b", "port 80 is in use")).isEqualTo("2026-01-02T03:04:05.500Z");
  }

  @Test
  void isForgottenWithItsLoadBalancer() {
    said("a", null);
    since.say(Map.of());
    now = now.plusSeconds(1);
    assertThat(said("a", null)).isEqualTo("2026-01-02T03:04:06Z");
  }

  private @Nullable String said(String revision, @Nullable String problem) {
    var listener = new ListenerReport("shop/web", 0, problem);
    var report = new DataplaneReportSpec(revision, Phase.SERVING, null, 0, null, List.of(listener));
    return since.say(Map.of("web", report)).get("web").servingSince();
  }
}
