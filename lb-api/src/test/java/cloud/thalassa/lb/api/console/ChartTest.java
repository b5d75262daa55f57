package cloud.thalassa.lb.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.api.console.Chart.Series;
import cloud.thalassa.lb.api.console.Chart.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private static Chart chart(Value... values) {
    return Chart.of(
        "Open",
        Duration.ofMinutes(10),
        NOW,
        List.of(new Series("one", "Open", List.of(values))),
        Words::number);
  }

  @Test
  void nowIsAtTheRightAndTheMostFits() {
    var chart = chart(new Value(NOW.minusSeconds(300), 40), new Value(NOW, 10));
    assertThat(chart.top()).isEqualTo("50");
    assertThat(chart.lines().getFirst().points()).isEqualTo("300.0,24.0 600.0,96.0");
    assertThat(chart.lines().getFirst().area())
        .isEqualTo("300.0,120 300.0,24.0 600.0,96.0 600.0,120");
    assertThat(chart.lines().getFirst().now()).isEqualTo("10");
    assertThat(chart.summary()).isEqualTo("Open: 10 now, at most 40 in the last 10 minutes");
  }

  @Test
  void whatIsOlderIsNotDrawn() {
    assertThat(chart(new Value(NOW.minusSeconds(601), 7)).lines().getFirst().points()).isEmpty();
  }

  @Test
  void withoutValuesThereIsAChartAllTheSame() {
    assertThat(chart().top()).isEqualTo("1");
    assertThat(chart().lines().getFirst().area()).isEmpty();
  }

  @Test
  void theEdgeIsARoundNumber() {
    assertThat(
            List.of(0.0, 1.0, 1.1, 3.0, 7.0, 10.0, 10.1, 499.0, 501.0).stream().map(Chart::ceiling))
        .containsExactly(1.0, 1.0, 2.0, 5.0, 10.0, 10.0, 20.0, 500.0, 1000.0);
  }
}
