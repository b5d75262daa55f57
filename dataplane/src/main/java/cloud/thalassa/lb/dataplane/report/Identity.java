package cloud.thalassa.lb.dataplane.report;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.DataplaneReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Under which name this process reports.
 *
 * @param pod the name of its pod; null: it serves a directory, where it is the only replica
 * @param podUid so that the report goes with the pod; null: not known
 */
public record Identity(@Nullable String pod, @Nullable String podUid) {
  public static final Identity OF_A_DIRECTORY = new Identity(null, null);

  DataplaneReport report(String loadBalancer, DataplaneReportSpec spec) {
    int slash = loadBalancer.indexOf('/');
    var name = loadBalancer.substring(slash + 1);
    var metadata =
        new ObjectMetaBuilder()
            .withNamespace(loadBalancer.substring(0, slash))
            .withName(pod == null ? name : pod)
            .addToLabels(Api.LOAD_BALANCER_LABEL, name);
    if (pod != null && podUid != null) {
      metadata.withOwnerReferences(
          new OwnerReferenceBuilder()
              .withApiVersion("v1")
              .withKind("Pod")
              .withName(pod)
              .withUid(podUid)
              .build());
    }
    var report = new DataplaneReport();
    report.setMetadata(metadata.build());
    report.setSpec(spec);
    return report;
  }
}
