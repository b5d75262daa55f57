package cloud.thalassa.lb.scale;

import java.util.function.Predicate;

/** Reads metrics in the Prometheus format. */
final class Samples {
  private Samples() {}

  /** The sum of the lines. */
  static double sum(String text, Predicate<String> which) {
    return text.lines()
        .filter(which)
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
