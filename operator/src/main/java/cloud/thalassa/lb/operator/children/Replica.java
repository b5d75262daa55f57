package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.DataplaneReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec.Phase;
import cloud.thalassa.lb.operator.compile.PodTarget;
import org.jspecify.annotations.Nullable;

/**
 * One dataplane pod that exists.
 *
 * @param report what it says about itself; null: nothing yet
 * @param entered whether it is among those that get new connections
 * @param failure how the health checkers know that it is dead; null: it is not, or they do not know
 */
public record Replica(
    PodTarget pod, @Nullable DataplaneReport report, boolean entered, @Nullable Failure failure) {

  /** Whether it is to stay. */
  public boolean alive() {
    return !pod.terminating() && !pod.finished();
  }

  /**
   * Whether it takes connections, whichever revision it has: a replica stays in service while it is
   * busy with the next one.
   */
  boolean serving() {
    return alive() && phase() == Phase.SERVING;
  }

  /** Whether it leaves, and still takes those who come. */
  boolean leaving() {
    return !pod.finished() && phase() != null && !serving() && phase() != Phase.CLOSED;
  }

  boolean dead() {
    return failure != null;
  }

  /** Of the configuration that it serves; null: it has not said. */
  public @Nullable String revision() {
    return report == null ? null : report.getSpec().revision();
  }

  private @Nullable Phase phase() {
    return report == null ? null : report.getSpec().phase();
  }
}
