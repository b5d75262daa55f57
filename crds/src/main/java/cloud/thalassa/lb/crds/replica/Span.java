package cloud.thalassa.lb.crds.replica;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * What happened between two readings of all replicas. A replica that is new in the second one adds
 * what it has, and no rates: nobody knows since when it counts.
 *
 * @param before by replica
 * @param after by replica
 */
record Span(Map<String, Reading> before, Map<String, Reading> after) {

  /** Of a meter that goes up and down. */
  double now(String meter, String label, String value) {
    return after.values().stream().mapToDouble(it -> it.sum(meter, label, value)).sum();
  }

  /** How much such a meter rose, a second. */
  double change(String meter, String label, String value) {
    var sum = new double[1];
    after.forEach(
        (replica, reading) -> {
          var earlier = before.get(replica);
          if (earlier != null && reading.nanos() > earlier.nanos()) {
            double rise = reading.sum(meter, label, value) - earlier.sum(meter, label, value);
            sum[0] += rise * 1e9 / (reading.nanos() - earlier.nanos());
          }
        });
    return sum[0];
  }

  /** Of a counter, a second, over the series with that label. */
  double rate(String meter, String label, String value) {
    return rate(it -> it.is(meter, label, value));
  }

  /** The same by the value of another label. */
  Map<String, Double> rates(String meter, String label, String value, String by) {
    var rates = new HashMap<String, Double>();
    visit(
        it -> it.is(meter, label, value),
        (series, rate) -> rates.merge(series.labels().getOrDefault(by, ""), rate, Double::sum));
    return rates;
  }

  private double rate(Predicate<Reading.Series> wanted) {
    var sum = new double[1];
    visit(wanted, (_, rate) -> sum[0] += rate);
    return sum[0];
  }

  private void visit(Predicate<Reading.Series> wanted, BiConsumer<Reading.Series, Double> rate) {
    after.forEach(
        (replica, reading) -> {
          var earlier = before.get(replica);
          double seconds = earlier == null ? 0 : (reading.nanos() - earlier.nanos()) / 1e9;
          if (earlier == null || seconds <= 0) {
            return;
          }
          reading
              .values()
              .forEach(
                  (series, value) -> {
                    if (wanted.test(series)) {
                      var was = Objects.requireNonNullElse(earlier.values().get(series), 0.0);
                      // one that counts from 0 again was restarted
                      rate.accept(series, (value < was ? value : value - was) / seconds);
                    }
                  });
        });
  }
}
