package cloud.thalassa.lb.dataplane.table;

import cloud.thalassa.lb.crds.Api;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/** Names a pool within this process; both parts are {@code namespace/name}. */
public record PoolKey(String loadBalancer, String targetGroup) {
  /** The pool to which a document belongs by its labels. */
  public static PoolKey of(HasMetadata document) {
    var metadata = document.getMetadata();
    var labels = metadata.getLabels() == null ? Map.<String, String>of() : metadata.getLabels();
    return new PoolKey(
        metadata.getNamespace() + "/" + labels.get(Api.LOAD_BALANCER_LABEL),
        labels.get(Api.TARGET_GROUP_NAMESPACE_LABEL) + "/" + labels.get(Api.TARGET_GROUP_LABEL));
  }
}
