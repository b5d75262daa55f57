package cloud.thalassa.lb.operator.status;

import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a load balancer's replicas beside what they report themselves.
 *
 * @param desired how many there should be
 * @param ready how many may be sent connections
 * @param updated how many run the newest pod template
 * @param addresses where clients reach the load balancer; empty: not assigned yet (in a cluster),
 *     or all addresses of the machine (in a directory)
 * @param subnet the name of the Subnet that it is on; null: none
 * @param addressProblem why it does not get the addresses that it asks for; null: it does, or may
 *     yet
 * @param podProblem why the cluster does not give the replicas that are asked for, in its own
 *     words; null: it does, or may yet
 */
public record Fleet(
    int desired,
    int ready,
    int updated,
    List<Address> addresses,
    @Nullable String subnet,
    @Nullable Problem addressProblem,
    @Nullable String podProblem) {
  public Fleet {
    addresses = List.copyOf(addresses);
  }
}
