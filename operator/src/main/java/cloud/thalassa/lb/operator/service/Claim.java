package cloud.thalassa.lb.operator.service;

import cloud.thalassa.lb.crds.Api;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which Services are ours to serve. */
public final class Claim {
  private Claim() {}

  /**
   * Whether a Service asks us for a load balancer.
   *
   * @param withoutClass those that name no class ask us too
   */
  public static boolean on(Service service, boolean withoutClass) {
    var spec = service.getSpec();
    if (spec == null || !"LoadBalancer".equals(spec.getType()) || isFront(service)) {
      return false;
    }
    var named = spec.getLoadBalancerClass();
    return named == null ? withoutClass : named.equals(Api.LOAD_BALANCER_CLASS);
  }

  /** It holds the address of a load balancer, which is for others to give. */
  private static boolean isFront(Service service) {
    var labels = service.getMetadata().getLabels();
    return owners(service).stream()
            .anyMatch(
                owner ->
                    owner.getApiVersion().startsWith(Api.GROUP + "/")
                        && owner.getKind().equals("LoadBalancer"))
        || Objects.requireNonNullElse(labels, Map.<String, String>of())
            .containsKey(Api.LOAD_BALANCER_LABEL);
  }

  private static List<OwnerReference> owners(Service service) {
    @Nullable List<OwnerReference> owners = service.getMetadata().getOwnerReferences();
    return owners == null ? List.of() : owners;
  }
}
