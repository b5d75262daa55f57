package cloud.thalassa.lb.healthchecker.judge;

/** Consecutive results, at least 1, that turn a target healthy or unhealthy. */
public record Thresholds(int healthy, int unhealthy) {
  public Thresholds {
    if (healthy < 1 || unhealthy < 1) {
      throw new IllegalArgumentException(
          "thresholds: " + healthy + ", " + unhealthy + " (expected: >= 1)");
    }
  }
}
