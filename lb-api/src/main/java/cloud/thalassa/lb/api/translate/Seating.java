package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerSpec;
import cloud.thalassa.lb.crds.Scheme;
import cloud.thalassa.lb.crds.SubnetRef;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which subnet a load balancer is on, and which reserved IP it has. */
public final class Seating {
  private Seating() {}

  /**
   * The subnet that a client chose, where it is not the one that the spec names.
   *
   * @param subnet empty: the one that is no Subnet
   * @param lender the Subnet of the reserved IP; null: there is none
   */
  record Noted(String subnet, @Nullable String lender) implements Literal<LoadBalancerSpec> {
    @Override
    public LoadBalancerSpec over(LoadBalancerSpec spec) {
      return on(spec, lender == null ? null : new SubnetRef(lender), spec.addresses());
    }
  }

  /** The subnet that the load balancer is on; every one is on one. */
  static Seat of(World world, LoadBalancer balancer) {
    var spec = balancer.getSpec();
    var vpc = world.namespace(balancer);
    var noted = Literal.of(balancer, Noted.class, spec).map(Noted::subnet);
    if (noted.isPresent()) {
      return world.seat(vpc, noted.get());
    }
    var status = balancer.getStatus();
    return world.seat(
        vpc,
        spec.subnetRef() != null
            ? spec.subnetRef().name()
            : status == null ? null : status.subnet());
  }

  /** A new load balancer takes its seat. */
  static void take(World world, LoadBalancer balancer, Seat seat, @Nullable String reservedIp) {
    var reserved = reservedIp == null ? null : wanted(world, balancer, reservedIp);
    place(world, balancer, seat, reserved);
  }

  /**
   * The next form of a load balancer goes where the client wants it.
   *
   * @param subnet null or empty: it stays
   * @param reservedIp null: it keeps what it has; empty: it gives that up
   */
  static void move(
      World world,
      LoadBalancer previous,
      LoadBalancer next,
      @Nullable String subnet,
      @Nullable String reservedIp) {
    var here = of(world, previous);
    var there = subnet == null || here.is(subnet) ? here : destination(world, here, subnet);
    var had = world.reservedIp(previous).orElse(null);
    var has = reservedIp == null ? had : wanted(world, previous, reservedIp);
    if (there.identity().equals(here.identity()) && same(had, has)) {
      return;
    }
    if (previous.getSpec().scheme() == Scheme.INTERNAL) {
      throw Refusal.invalid(
          "subnet", "an internal load balancer stays in its subnet: create another one");
    }
    if (had != null) {
      next.setSpec(on(next.getSpec(), null, others(next.getSpec(), had)));
    }
    place(world, next, there, has);
    if (has == null && there.subnet() == null) { // its status will say who lent the address
      new Noted("", null).note(next.getMetadata());
    }
  }

  /**
   * The same load balancer with a reserved IP.
   *
   * @param reserved null: without
   */
  public static LoadBalancer associated(
      World world, LoadBalancer previous, @Nullable AddressClaim reserved) {
    var next = new LoadBalancer();
    next.setMetadata(Heads.copy(previous.getMetadata()));
    next.setSpec(previous.getSpec());
    move(world, previous, next, null, reserved == null ? "" : Identity.of(reserved));
    return next;
  }

  private static Seat destination(World world, Seat here, String subnet) {
    if (subnet.isEmpty()) {
      return here;
    }
    var there =
        world.findSeat(subnet).orElseThrow(() -> Refusal.unknown("subnet", "subnet", subnet));
    if (!Identity.of(there.vpc()).equals(Identity.of(here.vpc()))) {
      throw Refusal.invalid(
          "subnet",
          "%s is in another VPC, and a load balancer stays in its own".formatted(there.identity()));
    }
    return there;
  }

  private static @Nullable AddressClaim wanted(
      World world, LoadBalancer balancer, String identity) {
    if (identity.isEmpty()) {
      return null;
    }
    var reserved =
        World.find(world.reservedIps(), identity)
            .orElseThrow(() -> Refusal.unknown("reservedIpId", "reserved IP", identity));
    if (balancer.getSpec().scheme() == Scheme.INTERNAL) {
      throw Refusal.invalid("reservedIpId", "an internal load balancer has no reserved IP");
    }
    var holder = world.holder(reserved).filter(it -> !isSame(it, balancer)).map(Identity::of);
    if (holder.isPresent()) {
      throw Refusal.conflict(
          "reservedIpId: %s is attached to load balancer %s: detach it there first"
              .formatted(Identity.of(reserved), holder.get()));
    }
    return reserved;
  }

  private static boolean isSame(LoadBalancer one, LoadBalancer other) {
    return one.getMetadata().getName().equals(other.getMetadata().getName())
        && one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace())
        && other.getMetadata().getUid() != null;
  }

  private static boolean same(@Nullable AddressClaim one, @Nullable AddressClaim other) {
    return one == null
        ? other == null
        : other != null && one.getSpec().address().equals(other.getSpec().address());
  }

  /**
   * A subnet of the other scheme cannot give the address; then the default one of its scheme does.
   * A reserved IP is given by the Subnet that it is of, whichever the client chose.
   */
  private static void place(
      World world, LoadBalancer balancer, Seat seat, @Nullable AddressClaim reserved) {
    var spec = balancer.getSpec();
    var subnet = seat.subnet();
    balancer.getMetadata().getAnnotations().remove(Notes.LITERAL);
    var own = subnet != null && subnet.getSpec().scheme() == spec.scheme();
    if (reserved != null) {
      var lender = reserved.getSpec().subnet();
      checkOpen(world, seat.vpc(), reserved);
      var addresses =
          Stream.concat(
              Stream.of(reserved.getSpec().address()),
              spec.addresses().stream().filter(Networks::ipv6));
      balancer.setSpec(on(spec, new SubnetRef(lender), addresses.toList()));
      if (subnet == null || !seat.subnetName().equals(lender)) {
        new Noted(subnet == null ? "" : seat.subnetName(), lender).note(balancer.getMetadata());
      }
    } else if (own) {
      balancer.setSpec(on(spec, new SubnetRef(seat.subnetName()), spec.addresses()));
    } else {
      balancer.setSpec(on(spec, null, spec.addresses()));
      if (subnet != null) {
        new Noted(seat.subnetName(), null).note(balancer.getMetadata());
      }
    }
  }

  private static void checkOpen(World world, Namespace vpc, AddressClaim reserved) {
    var lender = reserved.getSpec().subnet();
    if (world.seats(vpc).stream()
        .noneMatch(it -> it.subnet() != null && it.subnetName().equals(lender))) {
      throw Refusal.invalid(
          "reservedIpId",
          "%s is an address of a subnet that is not open to VPC %s"
              .formatted(Identity.of(reserved), Identity.of(vpc)));
    }
  }

  private static List<String> others(LoadBalancerSpec spec, AddressClaim than) {
    return spec.addresses().stream().filter(it -> !it.equals(than.getSpec().address())).toList();
  }

  private static LoadBalancerSpec on(
      LoadBalancerSpec spec, @Nullable SubnetRef subnet, List<String> addresses) {
    return new LoadBalancerSpec(
        spec.scheme(),
        subnet,
        addresses,
        spec.ipFamilyPolicy(),
        spec.replicas(),
        spec.securityGroupRefs(),
        spec.deletionProtection(),
        spec.dataplane());
  }
}
