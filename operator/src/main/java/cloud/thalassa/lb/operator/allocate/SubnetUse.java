package cloud.thalassa.lb.operator.allocate;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.address.IpAddress;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who uses a Subnet.
 *
 * @param waiting load balancers that get no address from it
 * @param allocated addresses in use; null: it has no pools
 * @param available addresses that are free, at most 2147483647; null: it has no pools
 * @param outside addresses in use that are in no pool any more, sorted
 */
public record SubnetUse(
    int loadBalancers,
    int waiting,
    @Nullable Long allocated,
    @Nullable Long available,
    List<String> outside) {
  public SubnetUse {
    outside = List.copyOf(outside);
  }

  /**
   * What can be counted.
   *
   * @param claims those of all Subnets
   */
  public static SubnetUse of(
      Subnet subnet, Collection<AddressClaim> claims, int loadBalancers, int waiting) {
    var name = subnet.getMetadata().getName();
    var own = claims.stream().filter(claim -> Claims.isOn(claim, name)).toList();
    if (subnet.getSpec().addressPools().isEmpty() && own.isEmpty()) {
      return new SubnetUse(loadBalancers, 0, null, null, List.of());
    }
    var pools = Pools.of(subnet);
    var outside = pools.without(addresses(own)).stream().map(IpAddress::text).sorted().toList();
    return new SubnetUse(
        loadBalancers, waiting, (long) own.size(), pools.available(addresses(claims)), outside);
  }

  private static List<IpAddress> addresses(Collection<AddressClaim> claims) {
    return claims.stream()
        .map(claim -> IpAddress.parse(claim.getSpec().address()))
        .filter(Objects::nonNull)
        .toList();
  }
}
