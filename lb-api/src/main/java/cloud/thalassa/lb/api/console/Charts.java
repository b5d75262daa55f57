package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.console.Chart.Series;
import cloud.thalassa.lb.api.console.Chart.Value;
import cloud.thalassa.lb.api.replica.Flow.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What flows, as lines. */
final class Charts {
  private static final Duration SPAN = Duration.ofMinutes(10);

  private Charts() {}

  static List<Chart> of(List<Moment> moments, Instant now) {
    return List.of(
        Chart.of(
            "Open connections",
            SPAN,
            now,
            List.of(series("one", "Open", moments, Moment::connections)),
            Words::number),
        Chart.of(
            "New connections",
            SPAN,
            now,
            List.of(series("one", "New", moments, Moment::opened)),
            it -> Words.number(it) + "/s"),
        Chart.of(
            "Bytes",
            SPAN,
            now,
            List.of(
                series("one", "To targets", moments, Moment::bytesToTarget),
                series("two", "To clients", moments, Moment::bytesToClient)),
            Words::bytesPerSecond));
  }

  private static Series series(
      String kind, String label, List<Moment> moments, ToDoubleFunction<Moment> value) {
    return new Series(
        kind,
        label,
        moments.stream().map(it -> new Value(it.at(), value.applyAsDouble(it))).toList());
  }
}
