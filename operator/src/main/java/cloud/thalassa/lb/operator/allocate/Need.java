package cloud.thalassa.lb.operator.allocate;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.IpFamilyPolicy;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.address.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One address that a load balancer is to have from the pools of its Subnet.
 *
 * @param requested null: any of the family
 * @param required false: it can do without
 */
record Need(boolean v6, @Nullable IpAddress requested, boolean required) {

  /** The primary family comes first. */
  static List<Need> of(LoadBalancer lb, Pools pools) {
    var requested =
        lb.getSpec().addresses().stream().map(IpAddress::parse).filter(Objects::nonNull).toList();
    boolean primary = requested.isEmpty() ? pools.firstIsV6() : requested.getFirst().v6();
    var policy = lb.getSpec().ipFamilyPolicy();
    var needs = new ArrayList<Need>();
    needs.add(new Need(primary, of(requested, primary), true));
    var second = of(requested, !primary);
    boolean both = policy == IpFamilyPolicy.REQUIRE_DUAL_STACK || second != null;
    if (policy != IpFamilyPolicy.SINGLE_STACK && (both || pools.has(!primary))) {
      needs.add(new Need(!primary, second, both));
    }
    return needs;
  }

  /** Whether a claim on the Subnet gives it. Who requests no address keeps no reserved one. */
  boolean isMetBy(AddressClaim claim) {
    var address = IpAddress.parse(claim.getSpec().address());
    return address != null
        && address.v6() == v6
        && (requested == null ? !Claims.isReservation(claim) : requested.equals(address));
  }

  String family() {
    return v6 ? "IPv6" : "IPv4";
  }

  private static @Nullable IpAddress of(List<IpAddress> requested, boolean v6) {
    return requested.stream().filter(address -> address.v6() == v6).findFirst().orElse(null);
  }
}
