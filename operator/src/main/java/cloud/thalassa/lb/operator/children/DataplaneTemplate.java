package cloud.thalassa.lb.operator.children;

import java.time.Duration;

/**
 * What is the same for the dataplane pods of all load balancers.
 *
 * @param image container image of the dataplane
 * @param clusterRole the ClusterRole that lets a dataplane read its documents and write its report
 * @param drainDeadline how long a stopping replica lets its connections live
 */
public record DataplaneTemplate(
    String image, String imagePullPolicy, String clusterRole, Duration drainDeadline) {

  /**
   * From the drain deadline to the kill: time to notice the signal, and to write the last report.
   */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  long terminationGraceSeconds() {
    return drainDeadline.plus(MARGIN).toSeconds();
  }
}
