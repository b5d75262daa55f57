package cloud.thalassa.lb.healthchecker.report;

import cloud.thalassa.lb.crds.HealthReport;
import java.io.IOException;

/** Where reports are kept. Calls block, for at most some seconds; a failure is an exception. */
public interface ReportStore {
  /**
   * Creates or replaces. With a resourceVersion in the report, only if the stored one still has it.
   *
   * @return the report as stored
   */
  HealthReport write(HealthReport report) throws IOException;

  /** Deletes the report if it is still the one given; one that is gone already is no failure. */
  void delete(HealthReport report) throws IOException;
}
