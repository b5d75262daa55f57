package cloud.thalassa.lb.dataplane.report;

import cloud.thalassa.lb.crds.DataplaneReport;
import java.io.IOException;

/** Where reports are written. May block; a failure is an exception and is tried again. */
public interface ReportStore {
  void write(DataplaneReport report) throws IOException;

  void delete(DataplaneReport report) throws IOException;
}
