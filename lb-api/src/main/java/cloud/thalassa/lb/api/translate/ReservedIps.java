package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.AssociateRequest;
import cloud.thalassa.lb.api.wire.Head;
import cloud.thalassa.lb.api.wire.ReservedIpRequest;
import cloud.thalassa.lb.api.wire.ReservedIpView;
import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.AddressClaimSpec;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.Scheme;
import cloud.thalassa.lb.crds.Subnet;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reserved IPs: claims on IPv4 addresses of a Subnet's pools that are kept for the namespaces of an
 * organisation. Which load balancer has one, its {@code spec.addresses} say, whoever writes them.
 */
public final class ReservedIps {
  private static final String LOAD_BALANCER = "cloud_vpc_loadbalancer";

  private ReservedIps() {}

  public static ReservedIpView view(World world, AddressClaim claim) {
    var head = Heads.of(claim);
    var holder = world.holder(claim).map(Identity::of);
    return new ReservedIpView(
        new Head(
            head.identity(),
            head.name(),
            head.slug(),
            head.description(),
            head.createdAt(),
            head.updatedAt(),
            null,
            head.labels(),
            head.annotations()),
        world.region(),
        claim.getMetadata().getDeletionTimestamp() != null
            ? "deleting"
            : holder.isPresent() ? "attached" : "available",
        claim.getSpec().address(),
        holder.map(it -> LOAD_BALANCER).orElse(null),
        holder.orElse(null));
  }

  /**
   * Reserves the first address that is free.
   *
   * @param taken the addresses that are whoever's
   */
  public static AddressClaim create(World world, ReservedIpRequest request, Set<String> taken) {
    var region = Text.required("region", request.region());
    if (!Regions.is(world.region(), region)) {
      throw Refusal.unknown("region", "region", region);
    }
    var subnets =
        world.subnets().stream()
            .filter(it -> it.getSpec().scheme() == Scheme.EXTERNAL && open(world, it))
            .sorted(Comparator.comparing(it -> !it.getSpec().byDefault()))
            .toList();
    for (var subnet : subnets) {
      var free =
          subnet.getSpec().addressPools().stream()
              .flatMap(pool -> Ipv4Pool.of(pool).stream())
              .flatMap(Ipv4Pool::addresses)
              .filter(it -> !taken.contains(it))
              .findFirst();
      if (free.isPresent()) {
        return claim(world, subnet, free.get(), request);
      }
    }
    throw Refusal.conflict(
        "there is no free address to reserve: no subnet that is open to your VPCs has an IPv4 pool"
            + " with one");
  }

  private static boolean open(World world, Subnet subnet) {
    return world.vpcs().stream()
        .anyMatch(
            it ->
                Selectors.matches(
                    subnet.getSpec().allowedNamespaces(), it.getMetadata().getLabels()));
  }

  private static AddressClaim claim(
      World world, Subnet subnet, String address, ReservedIpRequest request) {
    var organisation = world.organisation().identity();
    var bare = new ObjectMeta();
    bare.setName(address);
    var claim = new AddressClaim();
    var metadata = Heads.written(bare, request);
    var labels = new TreeMap<>(metadata.getLabels());
    labels.put(Notes.ORGANISATION, organisation);
    metadata.setLabels(labels);
    claim.setMetadata(metadata);
    claim.setSpec(
        new AddressClaimSpec(
            subnet.getMetadata().getName(),
            address,
            null,
            new LabelSelectorBuilder().addToMatchLabels(Notes.ORGANISATION, organisation).build()));
    return claim;
  }

  /** The same address with another name, description, labels and annotations. */
  public static AddressClaim update(AddressClaim previous, ReservedIpRequest request) {
    var next = new AddressClaim();
    next.setMetadata(Heads.written(previous.getMetadata(), request));
    next.setSpec(previous.getSpec());
    return next;
  }

  /** The load balancer that is to have it. */
  public static LoadBalancer target(World world, AssociateRequest request) {
    var balancer = request.loadbalancerIdentity();
    var gateway = request.natGatewayIdentity();
    if (given(balancer) == given(gateway)) {
      throw Refusal.invalid(
          "loadbalancerIdentity", "name either it or natGatewayIdentity, and not both");
    }
    if (balancer == null || balancer.isEmpty()) {
      throw Refusal.unknown("natGatewayIdentity", "NAT gateway", String.valueOf(gateway));
    }
    return World.find(world.loadBalancers(), balancer)
        .orElseThrow(() -> Refusal.unknown("loadbalancerIdentity", "load balancer", balancer));
  }

  private static boolean given(@Nullable String identity) {
    return identity != null && !identity.isEmpty();
  }
}
