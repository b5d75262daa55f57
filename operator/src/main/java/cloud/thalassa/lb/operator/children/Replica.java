package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.DataplaneReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec.Phase;
import cloud.thalassa.lb.operator.compile.PodTarget;
import org.jspecify.annotations.Nullable;

/**
 * One dataplane pod that exists.
 *
 * @param report what it says about itself; null: nothing yet
 */
public record Replica(PodTarget pod, @Nullable DataplaneReport report) {

  /** Whether it can still do anything. */
  public boolean alive() {
    return !pod.terminating() && !pod.finished();
  }

  /**
   * Whether it takes connections, whichever revision it has: a replica stays in service while it is
   * busy with the next one.
   */
  boolean serving() {
    return alive() && report != null && report.getSpec().phase() == Phase.SERVING;
  }
}
