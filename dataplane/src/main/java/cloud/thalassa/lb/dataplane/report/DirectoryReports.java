package cloud.thalassa.lb.dataplane.report;

import cloud.thalassa.lb.crds.DataplaneReport;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import java.io.IOException;

/** Reports as files beside the other documents. */
public final class DirectoryReports implements ReportStore {
  private final DocumentFiles files;

  public DirectoryReports(DocumentFiles files) {
    this.files = files;
  }

  @Override
  public void write(DataplaneReport report) throws IOException {
    files.write(report);
  }

  @Override
  public void delete(DataplaneReport report) throws IOException {
    var metadata = report.getMetadata();
    files.delete(report.getKind(), metadata.getNamespace(), metadata.getName());
  }
}
