package cloud.thalassa.lb.dataplane.report;

import cloud.thalassa.lb.crds.DataplaneReport;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Supplier;

/** Reports in the cluster, by server-side apply: a replica is the only writer of its own. */
public final class KubernetesReports implements ReportStore {
  private static final String FIELD_MANAGER = "dataplane.lb.thalassa.cloud";

  private final Supplier<KubernetesClient> client;

  public KubernetesReports(Supplier<KubernetesClient> client) {
    this.client = client;
  }

  @Override
  public void write(DataplaneReport report) {
    client.get().resource(report).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
  }

  /** It goes with its pod; until then it says that the replica takes nobody new. */
  @Override
  public void delete(DataplaneReport report) {}
}
