package cloud.thalassa.lb.dataplane.drain;

import java.time.Duration;

/**
 * How long a replica that ends goes on taking what still comes: those who lead clients to it hear
 * of its end a moment later than it does.
 *
 * @param quiet nobody came for this long: they have heard
 * @param most it is over after this in any case, so that an end is one
 */
public record Farewell(Duration quiet, Duration most) {
  /** Nobody has to hear of it. */
  public static final Farewell NONE = new Farewell(Duration.ZERO, Duration.ZERO);

  /**
   * kube-proxy follows within 1.5 s, also with many ports or its longest usual period. A replica
   * that is the last one waits for its successor, as long as clients come.
   */
  public static final Farewell OF_A_CLUSTER =
      new Farewell(Duration.ofSeconds(2), Duration.ofSeconds(15));

  /**
   * Whether nothing new is to be taken any more. All moments are of {@link System#nanoTime}.
   *
   * @param lastArrival when somebody came last, not before {@code begun}
   */
  public boolean over(long begun, long lastArrival, long now) {
    return now - lastArrival >= quiet.toNanos() || now - begun >= most.toNanos();
  }
}
