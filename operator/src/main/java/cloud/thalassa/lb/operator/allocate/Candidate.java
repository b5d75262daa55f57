package cloud.thalassa.lb.operator.allocate;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import java.util.List;
import java.util.Map;

/**
 * A load balancer that belongs on a Subnet.
 *
 * @param claims all that name it, of any Subnet
 * @param namespaceLabels the labels of its namespace
 */
public record Candidate(
    LoadBalancer loadBalancer, List<AddressClaim> claims, Map<String, String> namespaceLabels) {
  public Candidate {
    claims = List.copyOf(claims);
    namespaceLabels = Map.copyOf(namespaceLabels);
  }
}
