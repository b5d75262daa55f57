package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.address.Cidr;
import cloud.thalassa.lb.crds.address.IpAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses no target may have.
 *
 * @param own addresses of the load balancer itself and of its replicas, canonical
 * @param closed networks that the platform closes to targets given by hand
 */
public record OffLimits(Site site, Set<String> own, List<Cidr> closed) {
  public OffLimits {
    own = Set.copyOf(own);
    closed = List.copyOf(closed);
  }

  /** What is off limits whatever the load balancer and the platform. */
  public static OffLimits of(Site site) {
    return new OffLimits(site, Set.of(), List.of());
  }

  /** In words, what is wrong with the address of any target; null: nothing. */
  @Nullable String problem(IpAddress address) {
    return site == Site.DIRECTORY && address.loopback() ? null : address.special();
  }

  /** The same for a target given by hand, with what to do about it. */
  @Nullable String problemByHand(IpAddress address) {
    var problem = problem(address);
    if (problem != null) {
      return problem + ": give the target's own address";
    }
    if (own.contains(address.text())) {
      return "an address of the load balancer itself, where connections would go round in circles: give"
          + " the target's own address";
    }
    for (var network : closed) {
      if (network.contains(address)) {
        return "in %s, which the platform closes to targets given by hand: select pods, or ask its administrator"
            .formatted(network);
      }
    }
    return null;
  }
}
