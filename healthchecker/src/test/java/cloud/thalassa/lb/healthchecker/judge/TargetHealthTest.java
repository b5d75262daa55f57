package cloud.thalassa.lb.healthchecker.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.crds.HealthState;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetHealthTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Results: + passed, - failed. States after each: i, h, u. */
  @ParameterizedTest
  @CsvSource({
    "I, 2, 3, +, h",
    "I, 10, 1, +, h",
    "I, 2, 3, -, i",
    "I, 2, 3, --, ii",
    "I, 2, 3, ---, iiu",
    "I, 2, 1, -, u",
    "I, 2, 3, --+, iih",
    "I, 2, 3, --+--, iihhh",
    "I, 2, 3, ---+, iiuu",
    "I, 2, 3, ---++, iiuuh",
    "I, 3, 3, ---++-++, iiuuuuuu",
    "I, 3, 3, ---++-+++, iiuuuuuuh",
    "H, 2, 3, --, hh",
    "H, 2, 3, ---, hhu",
    "H, 2, 3, --+--+--, hhhhhhhh",
    "H, 2, 1, -, u",
    "H, 2, 3, --+---, hhhhhu",
    "H, 1, 1, -+-+, uhuh",
    "H, 2, 3, +++++, hhhhh",
    "U, 2, 3, +, u",
    "U, 2, 3, ++, uh",
    "U, 1, 3, +, h",
    "U, 2, 3, +-+-+-, uuuuuu",
    "U, 2, 3, +-++, uuuh",
    "U, 2, 3, -----, uuuuu",
    "U, 10, 3, ++++++++++, uuuuuuuuuh",
  })
  void statesFollowResults(char from, int healthy, int unhealthy, String results, String states) {
    var health = TargetHealth.known(state(Character.toLowerCase(from)), START, "");
    var seen = new StringBuilder();
    for (var i = 0; i < results.length(); i++) {
      health =
          health.observe(result(results.charAt(i) == '+', i), new Thresholds(healthy, unhealthy));
      seen.append(Character.toLowerCase(health.state().name().charAt(0)));
    }
    assertThat(seen.toString()).isEqualTo(states);
  }

  /**
   * Every sequence of 10 results, every pair of thresholds up to 4, against the plain definition.
   */
  @Test
  void agreesWithTheDefinition() {
    for (var healthy = 1; healthy <= 4; healthy++) {
      for (var unhealthy = 1; unhealthy <= 4; unhealthy++) {
        for (var bits = 0; bits < 1 << 10; bits++) {
          var health = TargetHealth.initial(START);
          var expected = HealthState.INITIAL;
          var run = 0;
          for (var i = 0; i < 10; i++) {
            var passed = (bits >> i & 1) == 1;
            run = i > 0 && (bits >> (i - 1) & 1) == (bits >> i & 1) ? run + 1 : 1;
            if (passed && (run >= healthy || expected == HealthState.INITIAL)) {
              expected = HealthState.HEALTHY;
            } else if (!passed && run >= unhealthy) {
              expected = HealthState.UNHEALTHY;
            }
            health = health.observe(result(passed, i), new Thresholds(healthy, unhealthy));
            assertThat(health.state()).isEqualTo(expected);
          }
        }
      }
    }
  }

  @Test
  void sinceAndReasonAreThoseOfTheFlip() {
    var thresholds = new Thresholds(2, 2);
    var healthy = TargetHealth.initial(START).observe(result(true, 1), thresholds);
    assertThat(healthy.since()).isEqualTo(START.plusSeconds(1));
    assertThat(healthy.reason()).isEqualTo("result 1");

    var wavering = healthy.observe(result(false, 2), thresholds);
    assertThat(wavering.since()).isEqualTo(healthy.since());
    assertThat(wavering.reason()).isEqualTo("result 1");

    var unhealthy = wavering.observe(result(false, 3), thresholds);
    assertThat(unhealthy.since()).isEqualTo(START.plusSeconds(3));
    assertThat(unhealthy.reason()).isEqualTo("result 3");
    assertThat(unhealthy.observe(result(false, 4), thresholds)).isSameAs(unhealthy);
  }

  @Test
  void thresholdsBelowOneAreRefused() {
    assertThatThrownBy(() -> new Thresholds(0, 1)).hasMessageContaining("expected: >= 1");
    assertThatThrownBy(() -> new Thresholds(1, 0)).hasMessageContaining("expected: >= 1");
  }

  private static Observation result(boolean passed, int second) {
    return new Observation(passed, "result " + second, START.plusSeconds(second));
  }

  private static HealthState state(char letter) {
    return switch (letter) {
      case 'i' -> HealthState.INITIAL;
      case 'h' -> HealthState.HEALTHY;
      default -> HealthState.UNHEALTHY;
    };
  }
}
