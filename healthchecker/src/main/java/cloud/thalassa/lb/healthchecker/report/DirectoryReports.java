package cloud.thalassa.lb.healthchecker.report;

import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import java.io.IOException;

/** Reports as files beside the documents that they are about. */
public final class DirectoryReports implements ReportStore {
  private final DocumentFiles files;

  public DirectoryReports(DocumentFiles files) {
    this.files = files;
  }

  @Override
  public HealthReport write(HealthReport report) throws IOException {
    files.write(report);
    return report;
  }

  @Override
  public void delete(HealthReport report) throws IOException {
    var metadata = report.getMetadata();
    files.delete(report.getKind(), metadata.getNamespace(), metadata.getName());
  }
}
