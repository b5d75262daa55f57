package cloud.thalassa.lb.api.console;

import static java.util.stream.Collectors.joining;

import io.quarkus.qute.TemplateData;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * Lines over time, as coordinates of an SVG of {@link #WIDTH} by {@link #HEIGHT}.
 *
 * @param top what its upper edge means
 * @param from how long ago its left edge is
 * @param summary the same in words
 */
@TemplateData
public record Chart(String title, String top, String from, String summary, List<Line> lines) {
  static final double WIDTH = 600;
  static final double HEIGHT = 120;

  /**
   * A line.
   *
   * @param kind its colour, and its dashes
   * @param now its last value
   * @param points of a polyline
   * @param area below it; empty: there is no line yet
   */
  @TemplateData
  public record Line(String kind, String label, String now, String points, String area) {}

  /** Values with their times, the oldest first. */
  record Series(String kind, String label, List<Value> values) {}

  record Value(Instant at, double value) {}

  static Chart of(
      String title, Duration span, Instant now, List<Series> series, DoubleFunction<String> words) {
    double most =
        series.stream().flatMap(it -> it.values.stream()).mapToDouble(Value::value).max().orElse(0);
    double top = ceiling(most);
    var start = now.minus(span);
    return new Chart(
        title,
        words.apply(top),
        span.toMinutes() + " min ago",
        series.stream()
            .map(
                it ->
                    "%s: %s now, at most %s"
                        .formatted(it.label, words.apply(last(it)), words.apply(most(it))))
            .collect(joining("; ", "", " in the last %d minutes".formatted(span.toMinutes()))),
        series.stream().map(it -> line(it, start, span, top, words)).toList());
  }

  private static Line line(
      Series series, Instant start, Duration span, double top, DoubleFunction<String> words) {
    var points =
        series.values.stream()
            .filter(it -> !it.at.isBefore(start))
            .map(
                it ->
                    point(
                        WIDTH * Duration.between(start, it.at).toMillis() / span.toMillis(),
                        HEIGHT * (1 - it.value / top)))
            .toList();
    var line = String.join(" ", points);
    return new Line(
        series.kind,
        series.label,
        words.apply(last(series)),
        line,
        points.size() < 2
            ? ""
            : below(points.getFirst()) + " " + line + " " + below(points.getLast()));
  }

  private static String below(String point) {
    return point.substring(0, point.indexOf(',')) + "," + (int) HEIGHT;
  }

  private static String point(double x, double y) {
    return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
  }

  private static double last(Series series) {
    return series.values.isEmpty() ? 0 : series.values.getLast().value;
  }

  private static double most(Series series) {
    return series.values.stream().mapToDouble(Value::value).max().orElse(0);
  }

  /** The next 1, 2 or 5 with zeros, at least 1. */
  static double ceiling(double most) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(1, most))));
    for (int step : new int[] {1, 2, 5}) {
      if (most <= step * power) {
        return step * power;
      }
    }
    return 10 * power;
  }
}
