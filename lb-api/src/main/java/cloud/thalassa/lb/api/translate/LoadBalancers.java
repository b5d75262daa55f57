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

  public static LoadBalancerView view(World world, LoadBalancer balancer) {
    var seat = Seating.of(world, balancer);
    var reserved = world.reservedIp(balancer);
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
        securityGroups(world, balancer),
        reserved.map(Identity::of).orElse(null),
        reserved.map(Heads::ref).orElse(null));
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

  public static LoadBalancer create(World world, LoadBalancerCreate request) {
    var subnet = Text.required("subnet", request.subnet());
    var seat =
        world.findSeat(subnet).orElseThrow(() -> Refusal.unknown("subnet", "subnet", subnet));
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
            groups(world, seat.vpc(), request.securityGroupAttachments()),
            Boolean.TRUE.equals(request.deleteProtection())));
    Seating.take(world, balancer, seat, request.reservedIpId());
    return balancer;
  }

  public static LoadBalancer update(
      World world, LoadBalancer previous, LoadBalancerUpdate request) {
    Heads.checkVersion(previous, request);
    if (previous.getMetadata().getDeletionTimestamp() != null) {
      throw Refusal.conflict("load balancer %s is being deleted".formatted(Identity.of(previous)));
    }
    var spec = previous.getSpec();
    var next = new LoadBalancer();
    next.setMetadata(Heads.written(previous.getMetadata(), request));
    next.setSpec(
        with(
            spec,
            groups(world, world.namespace(previous), request.securityGroupAttachments()),
            request.deleteProtection() == null
                ? spec.deletionProtection()
                : request.deleteProtection()));
    Seating.move(world, previous, next, request.subnet(), request.reservedIpId());
    return next;
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

  private static LoadBalancerSpec with(
      LoadBalancerSpec spec, List<LocalRef> groups, boolean deletionProtection) {
    return new LoadBalancerSpec(
        spec.scheme(),
        spec.subnetRef(),
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
