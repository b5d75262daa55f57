package cloud.thalassa.lb.healthchecker.report;

import cloud.thalassa.lb.crds.ReplicaReportSpec;

/** Where a checker's own ReplicaReport is kept. The call blocks; a failure is an exception. */
public interface ReplicaReports {
  void write(ReplicaReportSpec report);
}
