package cloud.thalassa.lb.healthchecker.probe;

import java.util.Locale;

/** How a probe ended: a closed set, and the label of a metric. */
public enum Outcome {
  PASSED,
  REFUSED,
  UNREACHABLE,
  TIMEOUT,
  CLOSED,
  MALFORMED,
  UNEXPECTED_STATUS;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
