package cloud.thalassa.lb.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Durations of the same thing, measured many times. */
public final class Figures {
  private final String what;
  private final List<Double> millis = new ArrayList<>();

  public Figures(String what) {
    this.what = what;
  }

  public synchronized void add(long fromNanos, long toNanos) {
    millis.add((toNanos - fromNanos) / 1e6);
  }

  public synchronized void addMillis(double duration) {
    millis.add(duration);
  }

  public synchronized int count() {
    return millis.size();
  }

  public synchronized double at(double quantile) {
    var sorted = millis.stream().sorted().toList();
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(quantile * sorted.size())));
  }

  /** A row of a table in Markdown: tries, p50, p99, worst. */
  @Override
  public synchronized String toString() {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.0f ms | %.0f ms | %.0f ms |",
        what,
        millis.size(),
        at(0.5),
        at(0.99),
        at(1));
  }
}
