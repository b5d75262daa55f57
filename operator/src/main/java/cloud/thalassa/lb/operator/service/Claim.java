package cloud.thalassa.lb.operator.service;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which Services are ours to serve, and which objects were made for them. */
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

  /** The Service that an object was made for, whether or not it exists. */
  public static Optional<Ref> madeFor(HasMetadata object) {
    return owner(object)
        .map(owner -> new Ref(object.getMetadata().getNamespace(), owner.getName()));
  }

  /** Whether an object was made for this Service, and not for an earlier one of its name. */
  public static boolean madeFor(HasMetadata object, Service service) {
    return owner(object)
        .filter(owner -> owner.getUid().equals(service.getMetadata().getUid()))
        .isPresent();
  }

  private static Optional<OwnerReference> owner(HasMetadata object) {
    return owners(object).stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .filter(owner -> owner.getApiVersion().equals("v1") && owner.getKind().equals("Service"))
        .findFirst();
  }

  private static List<OwnerReference> owners(HasMetadata object) {
    @Nullable List<OwnerReference> owners = object.getMetadata().getOwnerReferences();
    return owners == null ? List.of() : owners;
  }
}
