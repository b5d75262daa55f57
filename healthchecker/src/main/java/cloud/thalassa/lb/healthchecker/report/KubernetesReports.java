package cloud.thalassa.lb.healthchecker.report;

import cloud.thalassa.lb.crds.HealthReport;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Reports in the cluster, by server-side apply. */
public final class KubernetesReports implements ReportStore {
  private static final String FIELD_MANAGER = "healthchecker.lb.thalassa.cloud";

  private final KubernetesClient client;

  public KubernetesReports(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public HealthReport write(HealthReport report) {
    return client.resource(report).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
  }

  @Override
  public void delete(HealthReport report) {
    client.resource(report).lockResourceVersion(report.getMetadata().getResourceVersion()).delete();
  }
}
