package cloud.thalassa.lb.operator.observe;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.operator.allocate.Claims;
import cloud.thalassa.lb.operator.allocate.Placement;
import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What decides about addresses: Subnets, claims, and who asks. */
public final class AddressInventory {
  private static final String BY_SUBNET = "by-subnet";
  private static final String BY_HOLDER = "by-holder";

  private final Watched<Subnet> subnets;
  private final Watched<AddressClaim> claims;
  private final Watched<Namespace> namespaces;
  private final Watched<LoadBalancer> loadBalancers;

  AddressInventory(Informers informers, Watched<LoadBalancer> loadBalancers) {
    this.loadBalancers = loadBalancers.index(BY_SUBNET, lb -> List.of(Placement.key(lb)));
    subnets = informers.clusterScoped(Subnet.class);
    claims =
        informers
            .clusterScoped(AddressClaim.class)
            .index(BY_SUBNET, claim -> List.of(claim.getSpec().subnet()))
            .index(BY_HOLDER, claim -> Claims.holder(claim).stream().toList());
    namespaces = informers.clusterScoped(Namespace.class, new SlimStore<>(Slim::namespace));
  }

  void route(AddressRouting routing) {
    loadBalancers.onChange(routing::loadBalancer);
    subnets.onChange(routing::subnet);
    claims.onChange(routing::claim);
    namespaces.onChange(routing::namespace);
  }

  /** Where a load balancer belongs, and what it has there. */
  public Placement place(LoadBalancer lb) {
    return Placement.of(lb, claimsOf(Ref.of(lb)), subnets(), namespaceLabels(lb));
  }

  public Map<String, String> namespaceLabels(LoadBalancer lb) {
    return labelsOf(lb.getMetadata().getNamespace());
  }

  Map<String, String> labelsOf(String name) {
    var namespace = namespaces.clusterScoped(name);
    return namespace == null ? Map.of() : PodLabels.of(namespace);
  }

  void onNamespace(Watched.Change<Namespace> change) {
    namespaces.onChange(change);
  }

  public Collection<Subnet> subnets() {
    return subnets.all();
  }

  public @Nullable Subnet subnet(String name) {
    return subnets.clusterScoped(name);
  }

  /** The claims of all Subnets. */
  public Collection<AddressClaim> claims() {
    return claims.all();
  }

  /** The claims that name a load balancer, whether or not it exists. */
  public List<AddressClaim> claimsOf(Ref loadBalancer) {
    return claims.by(BY_HOLDER, loadBalancer);
  }

  public @Nullable AddressClaim claim(String name) {
    return claims.clusterScoped(name);
  }

  /** The load balancers that belong on a Subnet. Costs them, and its claims. */
  public Collection<LoadBalancer> on(Subnet subnet) {
    var name = subnet.getMetadata().getName();
    var found = new HashMap<Ref, LoadBalancer>();
    Stream.concat(
            Placement.keys(subnet).stream()
                .flatMap(key -> loadBalancers.by(BY_SUBNET, key).stream()),
            claims.by(BY_SUBNET, name).stream()
                .flatMap(claim -> Claims.holder(claim).stream())
                .map(loadBalancers::get)
                .filter(Objects::nonNull))
        .forEach(lb -> found.put(Ref.of(lb), lb));
    found.values().removeIf(lb -> !name.equals(place(lb).wanted()));
    return found.values();
  }

  /** The load balancers that are or may be on a Subnet. */
  Stream<Ref> mayBeOn(Subnet subnet) {
    return Placement.keys(subnet).stream()
        .flatMap(key -> loadBalancers.by(BY_SUBNET, key).stream())
        .map(Ref::of);
  }

  List<LoadBalancer> in(String namespace) {
    return loadBalancers.in(namespace);
  }
}
