package cloud.thalassa.lb.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.api.console.Strip.Turn;
import cloud.thalassa.lb.api.wire.EventView;
import cloud.thalassa.lb.api.wire.HealthView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PastTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final String ONE = "10.0.0.7:8080";

  private static EventView health(int secondsAgo, String group, String target, String state) {
    var at = NOW.minusSeconds(secondsAgo).toString();
    return new EventView(
        "1", at, "health", "", "TargetGroup", group, null, state, "", target, null);
  }

  private static HealthView.Target target(String state, @Nullable String since) {
    return new HealthView.Target("10.0.0.7", 8080, 1, state, since, "");
  }

  private static List<Turn> turns(HealthView.Target target, EventView... events) {
    return new Past(List.of(events), List.of(), "").turns("web", ONE, target);
  }

  @Test
  void theOldestIsFirstAndWhatItIsNowIsLast() {
    assertThat(
            turns(
                target("healthy", NOW.minusSeconds(10).toString()),
                health(10, "web", ONE, "healthy"),
                health(30, "web", ONE, "unhealthy"),
                health(90, "web", ONE, "healthy")))
        .containsExactly(
            new Turn(NOW.minusSeconds(90), "healthy"),
            new Turn(NOW.minusSeconds(30), "unhealthy"),
            new Turn(NOW.minusSeconds(10), "healthy"));
  }

  @Test
  void othersAreLeftOut() {
    assertThat(
            turns(
                target("draining", null),
                health(10, "other", ONE, "healthy"),
                health(20, "web", "10.0.0.8:8080", "healthy"),
                health(30, "web", ONE, "unhealthy")))
        .containsExactly(new Turn(NOW.minusSeconds(30), "unhealthy"));
  }

  @Test
  void withoutEventsItIsKnownSinceWhenItIsAsItIs() {
    assertThat(turns(target("healthy", NOW.minusSeconds(10).toString())))
        .containsExactly(new Turn(NOW.minusSeconds(10), "healthy"));
    assertThat(turns(target("initial", null))).isEmpty();
  }
}
