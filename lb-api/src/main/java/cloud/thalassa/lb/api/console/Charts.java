package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.console.Chart.Series;
import cloud.thalassa.lb.api.console.Chart.Value;
import cloud.thalassa.lb.api.replica.Flow.Moment;
import cloud.thalassa.lb.api.wire.UsageView.OfListener;
import cloud.thalassa.lb.api.wire.UsageView.Point;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What flows and flowed, as lines. */
final class Charts {
  private static final Duration SPAN = Duration.ofMinutes(10);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MINUTES = 60;

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

  /**
   * What went through listeners in each minute of the last hour; of the last two minutes not all
   * may have been told yet.
   *
   * @return empty: nothing did
   */
  static List<Chart> ofUsage(List<OfListener> listeners, Instant now) {
    var told = new TreeMap<Instant, Point>();
    for (var listener : listeners) {
      for (var point : listener.points()) {
        told.merge(Instant.parse(point.at()), point, Charts::sum);
      }
    }
    if (told.isEmpty()) {
      return List.of();
    }
    var last = now.truncatedTo(ChronoUnit.MINUTES);
    for (int ago = MINUTES; ago >= 2; ago--) {
      var minute = last.minus(ago, ChronoUnit.MINUTES);
      told.putIfAbsent(minute, new Point(minute.toString(), 0, 0, 0));
    }
    return List.of(
        Chart.of(
            "Connections begun",
            HOUR,
            now,
            List.of(minutes("one", "Begun", told, Point::connections)),
            it -> Words.number(it) + "/min"),
        Chart.of(
            "Bytes",
            HOUR,
            now,
            List.of(
                minutes("one", "To targets", told, Point::bytesToTarget),
                minutes("two", "To clients", told, Point::bytesToClient)),
            it -> Words.bytes(it) + "/min"));
  }

  private static Point sum(Point one, Point other) {
    return new Point(
        one.at(),
        one.connections() + other.connections(),
        one.bytesToTarget() + other.bytesToTarget(),
        one.bytesToClient() + other.bytesToClient());
  }

  private static Series minutes(
      String kind, String label, SortedMap<Instant, Point> points, ToDoubleFunction<Point> value) {
    return new Series(
        kind,
        label,
        points.entrySet().stream()
            .map(it -> new Value(it.getKey(), value.applyAsDouble(it.getValue())))
            .toList());
  }

  private static Series series(
      String kind, String label, List<Moment> moments, ToDoubleFunction<Moment> value) {
    return new Series(
        kind,
        label,
        moments.stream().map(it -> new Value(it.at(), value.applyAsDouble(it))).toList());
  }
}
