package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.LoadBalancerCreate;
import cloud.thalassa.lb.api.wire.LoadBalancerUpdate;
import cloud.thalassa.lb.api.wire.LoadBalancerView;
import cloud.thalassa.lb.api.wire.Ref;
import cloud.thalassa.lb.crds.IpFamilyPolicy;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerSpec;
import cloud.thalassa.lb.crds.LoadBalancerStatus;
import cloud.thalassa.lb.crds.LocalRef;
import cloud.thalassa.lb.crds.Scheme;
import cloud.thalassa.lb.crds.SubnetRef;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Load balancers as clients read and write them. */
public final class LoadBalancers {
  /** Leaves room for what makes a name unique. */
  private static final int LONGEST_NAME = 46;

  private static final int MOST_SECURITY_GROUPS = 16;
  private static final int REPLICAS = 2;

  private LoadBalancers() {}

  /** The subnet that a client chose, where it is not the one that the spec names. */
  private record Noted(String subnet) implements Literal<LoadBalancerSpec> {
    @Override
    public LoadBalancerSpec over(LoadBalancerSpec spec) {
      return with(spec, null, spec.securityGroupRefs(), spec.deletionProtection());
    }
  }

  public static LoadBalancerView view(World world, LoadBalancer balancer) {
    var seat = seat(world, balancer);
    var vpc = world.vpcOf(balancer);
    var status = Optional.ofNullable(balancer.getStatus());
    var addresses =
        status.map(LoadBalancerStatus::addresses).orElse(List.of()).stream()
            .map(LoadBalancerStatus.Address::ip)
            .toList();
    boolean internal = balancer.getSpec().scheme() == Scheme.INTERNAL;
    return new LoadBalancerView(
        Heads.of(balancer),
        LoadBalancerStates.word(balancer),
        status.flatMap(it -> LoadBalancerStates.trouble(it.conditions())).orElse(null),
        world.organisation(),
        vpc.identity(),
        vpc,
        seat.identity(),
        seat.ref(),
        addresses, // of internal ones too: the cloud controller manager looks nowhere else
        internal ? addresses : List.of(),
        "",
        world.listeners(balancer).stream().map(it -> Listeners.view(world, it)).toList(),
        balancer.getSpec().deletionProtection(),
        securityGroups(world, balancer));
  }

  public static boolean hasAddress(LoadBalancer balancer) {
    return balancer.getStatus() != null && !balancer.getStatus().addresses().isEmpty();
  }

  private static List<Ref> securityGroups(World world, LoadBalancer balancer) {
    var namespace = balancer.getMetadata().getNamespace();
    return balancer.getSpec().securityGroupRefs().stream()
        .flatMap(ref -> world.securityGroup(namespace, ref.name()).stream())
        .map(Heads::ref)
        .toList();
  }

  /** The subnet that the load balancer is on; every one is on one. */
  public static Seat seat(World world, LoadBalancer balancer) {
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

  public static LoadBalancer create(World world, LoadBalancerCreate request) {
    var subnet = Text.required("subnet", request.subnet());
    var seat =
        world.findSeat(subnet).orElseThrow(() -> Refusal.unknown("subnet", "subnet", subnet));
    refuseReservedIp(request.reservedIpId());
    var namespace = seat.vpc().getMetadata().getName();
    var balancer = new LoadBalancer();
    balancer.setMetadata(Heads.created(namespace, LONGEST_NAME, request));
    var scheme =
        Boolean.TRUE.equals(request.internalLoadbalancer()) ? Scheme.INTERNAL : Scheme.EXTERNAL;
    balancer.setSpec(
        with(
            new LoadBalancerSpec(
                scheme,
                null,
                List.of(),
                IpFamilyPolicy.SINGLE_STACK,
                REPLICAS,
                List.of(),
                false,
                null),
            null,
            groups(world, seat.vpc(), request.securityGroupAttachments()),
            Boolean.TRUE.equals(request.deleteProtection())));
    seated(balancer, seat);
    return balancer;
  }

  public static LoadBalancer update(
      World world, LoadBalancer previous, LoadBalancerUpdate request) {
    Heads.checkVersion(previous, request);
    if (previous.getMetadata().getDeletionTimestamp() != null) {
      throw Refusal.conflict("load balancer %s is being deleted".formatted(Identity.of(previous)));
    }
    if (request.reservedIpId() != null && !request.reservedIpId().isEmpty()) {
      refuseReservedIp(request.reservedIpId());
    }
    var spec = previous.getSpec();
    var next = new LoadBalancer();
    next.setMetadata(Heads.written(previous.getMetadata(), request));
    next.setSpec(
        with(
            spec,
            spec.subnetRef(),
            groups(world, world.namespace(previous), request.securityGroupAttachments()),
            request.deleteProtection() == null
                ? spec.deletionProtection()
                : request.deleteProtection()));
    move(world, previous, next, request.subnet());
    return next;
  }

  private static void move(
      World world, LoadBalancer previous, LoadBalancer next, @Nullable String subnet) {
    if (subnet == null || subnet.isEmpty()) {
      return;
    }
    var here = seat(world, previous);
    if (here.is(subnet)) {
      return;
    }
    var there =
        world.findSeat(subnet).orElseThrow(() -> Refusal.unknown("subnet", "subnet", subnet));
    if (!Identity.of(there.vpc()).equals(Identity.of(here.vpc()))) {
      throw Refusal.invalid(
          "subnet",
          "%s is in another VPC, and a load balancer stays in its own".formatted(there.identity()));
    }
    if (previous.getSpec().scheme() == Scheme.INTERNAL) {
      throw Refusal.invalid(
          "subnet", "an internal load balancer stays in its subnet: create another one");
    }
    seated(next, there);
  }

  /**
   * A subnet of the other scheme cannot give the address; then the default one of its scheme does.
   */
  private static void seated(LoadBalancer balancer, Seat seat) {
    var spec = balancer.getSpec();
    var subnet = seat.subnet();
    var annotations = balancer.getMetadata().getAnnotations();
    annotations.remove(Notes.LITERAL);
    if (subnet == null || subnet.getSpec().scheme() != spec.scheme()) {
      balancer.setSpec(with(spec, null, spec.securityGroupRefs(), spec.deletionProtection()));
      if (subnet != null) {
        new Noted(seat.subnetName()).note(balancer.getMetadata());
      }
    } else {
      var ref = new SubnetRef(seat.subnetName());
      balancer.setSpec(with(spec, ref, spec.securityGroupRefs(), spec.deletionProtection()));
    }
  }

  private static List<LocalRef> groups(
      World world, Namespace vpc, @Nullable List<String> identities) {
    var given = identities == null ? List.<String>of() : identities;
    if (given.size() > MOST_SECURITY_GROUPS) {
      throw Refusal.invalid(
          "securityGroupAttachments", "at most %d are allowed".formatted(MOST_SECURITY_GROUPS));
    }
    return given.stream()
        .distinct()
        .map(
            identity ->
                World.find(
                        world.securityGroups(), Text.required("securityGroupAttachments", identity))
                    .filter(
                        it -> it.getMetadata().getNamespace().equals(vpc.getMetadata().getName()))
                    .orElseThrow(
                        () ->
                            Refusal.unknown(
                                "securityGroupAttachments",
                                "security group in this VPC",
                                identity)))
        .map(it -> new LocalRef(it.getMetadata().getName()))
        .toList();
  }

  private static void refuseReservedIp(@Nullable String identity) {
    if (identity != null && !identity.isEmpty()) {
      throw Refusal.unknown("reservedIpId", "reserved IP", identity);
    }
  }

  private static LoadBalancerSpec with(
      LoadBalancerSpec spec,
      @Nullable SubnetRef subnet,
      List<LocalRef> groups,
      boolean deletionProtection) {
    return new LoadBalancerSpec(
        spec.scheme(),
        subnet,
        spec.addresses(),
        spec.ipFamilyPolicy(),
        spec.replicas(),
        groups,
        deletionProtection,
        spec.dataplane());
  }

  public static void checkDeletion(LoadBalancer balancer) {
    if (balancer.getSpec().deletionProtection()) {
      throw Refusal.conflict(
          "load balancer %s is protected from deletion: set deleteProtection to false first"
              .formatted(Identity.of(balancer)));
    }
  }
}
