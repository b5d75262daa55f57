package cloud.thalassa.lb.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.api.console.BalancerDetail.Spell;
import cloud.thalassa.lb.api.console.Strip.Turn;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StripTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  @Test
  void aTurnLastsUntilTheNextOneAndTheLastUntilNow() {
    var strip =
        Strip.of(
            List.of(
                new Turn(NOW.minusSeconds(7200), "unhealthy"),
                new Turn(NOW.minusSeconds(5100), "healthy"),
                new Turn(NOW.minusSeconds(1800), "unhealthy"),
                new Turn(NOW.minusSeconds(600), "healthy")),
            NOW);
    assertThat(strip)
        .containsExactly(
            new Spell("good", "0.0", "300.0", "Healthy for 55 min, since 85 min ago"),
            new Spell("bad", "300.0", "200.0", "Unhealthy for 20 min, since 30 min ago"),
            new Spell("good", "500.0", "100.0", "Healthy for 10 min, since 10 min ago"));
  }

  @Test
  void whatNobodyKnowsIsNotDrawn() {
    assertThat(Strip.of(List.of(), NOW)).isEmpty();
    assertThat(Strip.of(List.of(new Turn(NOW.minusSeconds(60), "initial")), NOW))
        .extracting(Spell::x)
        .containsExactly("590.0");
  }
}
