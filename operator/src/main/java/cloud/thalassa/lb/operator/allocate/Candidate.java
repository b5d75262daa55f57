package cloud.thalassa.lb.operator.allocate;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import java.util.List;

/**
 * A load balancer that belongs on a Subnet.
 *
 * @param claims all that name it, of any Subnet
 */
public record Candidate(LoadBalancer loadBalancer, List<AddressClaim> claims) {
  public Candidate {
    claims = List.copyOf(claims);
  }
}
