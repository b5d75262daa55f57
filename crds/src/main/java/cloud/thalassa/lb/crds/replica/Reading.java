package cloud.thalassa.lb.crds.replica;

import static java.util.stream.Collectors.toMap;

import cloud.thalassa.lb.crds.replica.Explanation.Candidate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one replica counted up to a moment.
 *
 * @param nanos the moment
 * @param targets with their live connections
 */
public record Reading(long nanos, Map<Series, Double> values, List<Candidate> targets) {
  public Reading {
    values = Map.copyOf(values);
    targets = List.copyOf(targets);
  }

  /** A meter with its labels. */
  public record Series(String meter, Map<String, String> labels) {
    boolean is(String name, String label, String value) {
      return meter.equals(name) && value.equals(labels.get(label));
    }
  }

  /**
   * What a replica says of itself.
   *
   * @param meters in the format of Prometheus
   */
  public static Reading of(long nanos, String meters, List<Candidate> targets) {
    return new Reading(
        nanos,
        Sample.parse(meters).stream()
            .collect(toMap(it -> new Series(it.meter(), it.labels()), Sample::value, Double::sum)),
        targets);
  }

  Stream<Map.Entry<Series, Double>> of(String meter, String label, String value) {
    return values.entrySet().stream().filter(it -> it.getKey().is(meter, label, value));
  }

  double sum(String meter, String label, String value) {
    return of(meter, label, value).mapToDouble(Map.Entry::getValue).sum();
  }
}
