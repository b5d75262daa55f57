package cloud.thalassa.lb.dataplane.select;

/** A target that takes new connections, with its share: 1..256, and less while it warms up. */
public record Weighted(Target target, int weight, SlowStart slowStart) {
  public Weighted {
    if (weight < 1 || weight > 256) {
      throw new IllegalArgumentException("weight: " + weight + " (expected: 1..256)");
    }
  }

  /** One that is warm. */
  public Weighted(Target target, int weight) {
    this(target, weight, SlowStart.WARM);
  }
}
