package cloud.thalassa.lb.operator.observe;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.front.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects that were made for Services of type LoadBalancer, and for Gateways. */
public final class Generated {
  private static final String BY_OWNER = "by-owner";

  /** In the order in which they are removed: what refers to others comes first. */
  private final Map<Class<?>, Watched<? extends HasMetadata>> kinds = new LinkedHashMap<>();

  Generated(
      Watched<LoadBalancer> loadBalancers,
      Watched<Listener> listeners,
      Watched<TargetGroup> targetGroups,
      Watched<SecurityGroup> securityGroups) {
    add(Listener.class, listeners);
    add(LoadBalancer.class, loadBalancers);
    add(TargetGroup.class, targetGroups);
    add(SecurityGroup.class, securityGroups);
  }

  private <T extends HasMetadata> void add(Class<T> kind, Watched<T> watched) {
    kinds.put(kind, watched.index(BY_OWNER, object -> Owner.of(object).stream().toList()));
  }

  /** The object of the same kind and name, whoever made it. */
  public @Nullable HasMetadata current(HasMetadata desired) {
    var watched = kinds.get(desired.getClass());
    if (watched == null) {
      throw new IllegalArgumentException(desired.getKind() + " is not made for others");
    }
    return watched.get(Ref.of(desired));
  }

  /** What was made for objects of this kind and name, whether or not one exists. */
  public List<HasMetadata> of(Owner owner) {
    return kinds.values().stream()
        .flatMap(watched -> watched.by(BY_OWNER, owner).stream())
        .map(HasMetadata.class::cast)
        .toList();
  }
}
