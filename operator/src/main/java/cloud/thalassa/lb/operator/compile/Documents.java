package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.LoadBalancer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;

/** What all documents of a load balancer have in common. */
final class Documents {
  private Documents() {}

  /** Lies beside the load balancer, is found by its label, and goes when it goes. */
  static ObjectMeta metadata(LoadBalancer loadBalancer) {
    var metadata = loadBalancer.getMetadata();
    return new ObjectMetaBuilder()
        .withNamespace(metadata.getNamespace())
        .addToLabels(Api.LOAD_BALANCER_LABEL, metadata.getName())
        .withOwnerReferences(owners(metadata))
        .build();
  }

  /** Without a uid (in a directory) there is nobody to collect garbage either. */
  private static List<OwnerReference> owners(ObjectMeta loadBalancer) {
    return loadBalancer.getUid() == null
        ? List.of()
        : List.of(
            new OwnerReferenceBuilder()
                .withApiVersion(Api.API_VERSION)
                .withKind("LoadBalancer")
                .withName(loadBalancer.getName())
                .withUid(loadBalancer.getUid())
                .withController(true)
                .build());
  }
}
