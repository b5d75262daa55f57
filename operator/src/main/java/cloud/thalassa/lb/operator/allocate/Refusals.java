package cloud.thalassa.lb.operator.allocate;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.address.IpAddress;
import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Reason;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Verdict;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Why a load balancer does not get an address. A sentence stays the same while others come and go:
 * each change of it would be written to every load balancer that waits.
 */
final class Refusals {
  private final String subnet;
  private final Subnet object;
  private final Need need;

  Refusals(Subnet subnet, Need need) {
    this.subnet = subnet.getMetadata().getName();
    this.object = subnet;
    this.need = need;
  }

  Problem why(
      LoadBalancer lb,
      Pools pools,
      Verdict verdict,
      Function<IpAddress, @Nullable AddressClaim> claimOn) {
    return new Problem(
        ConditionType.ACCEPTED,
        Reason.ADDRESS_NOT_AVAILABLE,
        verdict.accepted() ? sentence(lb, pools, claimOn) : unusable(verdict));
  }

  private String sentence(
      LoadBalancer lb, Pools pools, Function<IpAddress, @Nullable AddressClaim> claimOn) {
    var requested = need.requested();
    if (requested == null) {
      return pools.has(need.v6())
          ? "Subnet %s has no free %s address: it gets the next one that is freed, the oldest first; delete a load balancer, have a pool added, or name another Subnet."
              .formatted(subnet, need.family())
          : "ipFamilyPolicy: RequireDualStack needs an %s address, and Subnet %s has no %s pool: use PreferDualStack, or name another Subnet."
              .formatted(need.family(), subnet, need.family());
    }
    if (!pools.contains(requested)) {
      return "addresses: %s is in no pool of Subnet %s: request one of %s, or none."
          .formatted(requested.text(), subnet, String.join(", ", object.getSpec().addressPools()));
    }
    return "addresses: %s of Subnet %s is taken%s: request another one, or none."
        .formatted(requested.text(), subnet, by(lb, claimOn.apply(requested)));
  }

  /** Whose it is, is told only within one namespace. */
  private static String by(LoadBalancer lb, @Nullable AddressClaim claim) {
    return Optional.ofNullable(claim)
        .flatMap(Claims::holder)
        .filter(holder -> holder.namespace().equals(Ref.of(lb).namespace()))
        .map(holder -> " by LoadBalancer " + holder)
        .orElse("");
  }

  private String unusable(Verdict verdict) {
    return "Subnet %s cannot give addresses before it is put right: %s"
        .formatted(subnet, verdict.problems().getFirst().message());
  }
}
