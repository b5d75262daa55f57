package cloud.thalassa.lb.healthchecker.report;

import cloud.thalassa.lb.crds.ReplicaReport;
import cloud.thalassa.lb.crds.ReplicaReportSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The ReplicaReport in the cluster, named after its checker. It goes with the checker's Lease. */
public final class KubernetesReplicaReports implements ReplicaReports {
  /** A Lease may be lost and made anew. */
  private static final Duration SAME_LEASE = Duration.ofMinutes(1);

  private static final String FIELD_MANAGER = "healthchecker.lb.thalassa.cloud";

  private final KubernetesClient client;
  private final String namespace;
  private final String instance;
  private final String lease;
  private @Nullable OwnerReference owner;
  private long ownerSince;

  /**
   * @param lease name of the Lease that the checker keeps in the same namespace
   */
  public KubernetesReplicaReports(
      KubernetesClient client, String namespace, String instance, String lease) {
    this.client = client;
    this.namespace = namespace;
    this.instance = instance;
    this.lease = lease;
  }

  @Override
  public void write(ReplicaReportSpec spec) {
    var report = new ReplicaReport();
    report.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(instance)
            .withOwnerReferences(owner())
            .build());
    report.setSpec(spec);
    client.resource(report).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
  }

  /** Looked up now and then only: who reports a death is in a hurry. */
  private synchronized OwnerReference owner() {
    var known = owner;
    var now = System.nanoTime();
    if (known == null || now - ownerSince > SAME_LEASE.toNanos()) {
      known = lookUp();
      owner = known;
      ownerSince = now;
    }
    return known;
  }

  private OwnerReference lookUp() {
    var found = client.leases().inNamespace(namespace).withName(lease).get();
    if (found == null) {
      throw new IllegalStateException("the Lease %s is not there yet".formatted(lease));
    }
    return new OwnerReferenceBuilder()
        .withApiVersion("coordination.k8s.io/v1")
        .withKind("Lease")
        .withName(lease)
        .withUid(found.getMetadata().getUid())
        .build();
  }
}
