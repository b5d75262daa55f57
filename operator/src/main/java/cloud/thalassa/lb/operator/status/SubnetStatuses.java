package cloud.thalassa.lb.operator.status;

import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.SubnetStatus;
import cloud.thalassa.lb.operator.allocate.SubnetUse;
import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Reason;
import cloud.thalassa.lb.operator.compile.Verdict;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What whoever runs the platform reads of a Subnet. */
public final class SubnetStatuses {
  /** As many addresses are named in a sentence. */
  private static final int NAMED = 5;

  private SubnetStatuses() {}

  public static SubnetStatus of(
      Subnet subnet, Verdict verdict, SubnetUse use, @Nullable SubnetStatus previous, Instant now) {
    var generation = subnet.getMetadata().getGeneration();
    var before = previous == null ? List.<Condition>of() : previous.conditions();
    var conditions =
        new Conditions(generation, before, now)
            .verdict(ConditionType.ACCEPTED, verdict, Reason.ACCEPTED, "The Subnet is accepted.");
    if (use.allocated() != null) {
      conditions.add(inPools(use), ConditionType.ADDRESSES_IN_POOLS);
      conditions.add(available(use), ConditionType.ADDRESSES_AVAILABLE);
    }
    return new SubnetStatus(
        generation,
        use.allocated(),
        use.available(),
        use.loadBalancers(),
        conditions.withReady("The Subnet is in service."));
  }

  private static Finding inPools(SubnetUse use) {
    var outside = use.outside();
    if (outside.isEmpty()) {
      return Finding.yes(Reason.ADDRESSES_IN_POOLS, "All addresses in use are in a pool.");
    }
    var more = outside.size() > NAMED ? " and %d more".formatted(outside.size() - NAMED) : "";
    return Finding.no(
        Reason.ADDRESSES_OUTSIDE_POOLS,
        "addressPools: %s%s in use, and in no pool any more: %s serving; put %s back, or delete the load balancers (kubectl get addressclaims)."
            .formatted(
                String.join(", ", outside.subList(0, Math.min(NAMED, outside.size()))),
                more + (outside.size() == 1 ? " is" : " are"),
                outside.size() == 1 ? "it goes on" : "they go on",
                outside.size() == 1 ? "it" : "them"));
  }

  private static Finding available(SubnetUse use) {
    if (use.available() != null && use.available() > 0) {
      return Finding.yes(Reason.ADDRESSES_AVAILABLE, "There are free addresses.");
    }
    var waiting =
        switch (use.waiting()) {
          case 0 -> "";
          case 1 -> ", and a load balancer waits for one";
          default -> ", and %d load balancers wait for one".formatted(use.waiting());
        };
    return Finding.no(
        Reason.NO_ADDRESSES_AVAILABLE,
        "addressPools: no address is free%s: add a pool, or delete load balancers."
            .formatted(waiting));
  }
}
