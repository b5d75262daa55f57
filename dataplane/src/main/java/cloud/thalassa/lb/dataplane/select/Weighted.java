package cloud.thalassa.lb.dataplane.select;

/** A target that takes new connections, with its share: 1..256. */
public record Weighted(Target target, int weight) {
  public Weighted {
    if (weight < 1 || weight > 256) {
      throw new IllegalArgumentException("weight: " + weight + " (expected: 1..256)");
    }
  }
}
