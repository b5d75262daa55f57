package cloud.thalassa.lb.operator.observe;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.operator.allocate.Claims;
import cloud.thalassa.lb.operator.allocate.Placement;
import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose reconciliation is due when something about addresses changes. A Subnet's round costs its
 * load balancers, so it is due only when an address may be wanted or free.
 */
final class AddressRouting {
  private final AddressInventory addresses;
  private final Signals due;
  private final BiPredicate<@Nullable HasMetadata, @Nullable HasMetadata> ownWrite;

  AddressRouting(
      AddressInventory addresses,
      Signals due,
      BiPredicate<@Nullable HasMetadata, @Nullable HasMetadata> ownWrite) {
    this.addresses = addresses;
    this.due = due;
    this.ownWrite = ownWrite;
  }

  void loadBalancer(@Nullable LoadBalancer before, @Nullable LoadBalancer now) {
    if (before != null && now != null && sameSpec(before, now)) {
      return;
    }
    var subnets =
        both(before, now)
            .flatMap(lb -> Stream.of(addresses.place(lb).wanted(), Placement.key(lb)))
            .filter(Objects::nonNull)
            .distinct()
            .filter(name -> addresses.subnet(name) != null);
    subnets.forEach(this::subnetDue);
    if (before == null || now == null || !uid(before).equals(uid(now))) {
      both(before, now).map(Ref::of).distinct().forEach(this::claimsDue);
    }
  }

  /** Subnets are few, and whether pools overlap or which one is the default concerns all. */
  void subnet(@Nullable Subnet before, @Nullable Subnet now) {
    if (before != null && now != null && sameSpec(before, now)) {
      return;
    }
    addresses.subnets().forEach(subnet -> subnetDue(subnet.getMetadata().getName()));
    both(before, now).flatMap(addresses::mayBeOn).distinct().forEach(due.loadBalancers()::due);
  }

  void claim(@Nullable AddressClaim before, @Nullable AddressClaim now) {
    var own = ownWrite.test(before, now);
    both(before, now)
        .flatMap(claim -> Claims.holder(claim).stream())
        .distinct()
        .forEach(due.loadBalancers()::due);
    var freed = now != null && Claims.holder(now).isEmpty(); // somebody may wait for it
    if (!own || freed) {
      both(before, now).map(claim -> claim.getSpec().subnet()).distinct().forEach(this::roundDue);
    }
  }

  void namespace(@Nullable Namespace before, @Nullable Namespace now) {
    if (before == null || now == null || PodLabels.of(before).equals(PodLabels.of(now))) {
      return; // whatever is in it comes later and goes earlier
    }
    for (var lb : addresses.in(now.getMetadata().getName())) {
      due.loadBalancers().due(Ref.of(lb));
      Stream.ofNullable(addresses.place(lb).wanted()).forEach(this::subnetDue);
    }
  }

  /** An address is free only when no Service of a load balancer that is gone still has it. */
  void frontService(@Nullable Service before, @Nullable Service now) {
    both(before, now)
        .flatMap(service -> ClusterInventory.labelled(service).stream())
        .distinct()
        .forEach(this::claimsDue);
  }

  private void roundDue(String subnet) {
    if (addresses.subnet(subnet) != null) {
      subnetDue(subnet);
    } else {
      addresses.subnets().forEach(it -> subnetDue(it.getMetadata().getName()));
    }
  }

  private void subnetDue(String name) {
    due.subnets().due(new Ref("", name));
  }

  private void claimsDue(Ref loadBalancer) {
    addresses.claimsOf(loadBalancer).forEach(claim -> due.addressClaims().due(Ref.of(claim)));
  }

  private static boolean sameSpec(HasMetadata before, HasMetadata now) {
    return uid(before).equals(uid(now))
        && Objects.equals(before.getMetadata().getGeneration(), now.getMetadata().getGeneration());
  }

  private static String uid(HasMetadata object) {
    return Objects.requireNonNullElse(object.getMetadata().getUid(), "");
  }

  private static <T> Stream<T> both(@Nullable T before, @Nullable T now) {
    return Stream.concat(Stream.ofNullable(before), Stream.ofNullable(now));
  }
}
