package cloud.thalassa.lb.operator.allocate;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Site;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The rounds of all Subnets at once, of objects that nobody else gives addresses to. */
public final class Settlement {
  private final Site site;
  private final List<Subnet> subnets;
  private final List<LoadBalancer> loadBalancers;
  private final Map<String, Map<String, String>> labels = new HashMap<>();
  private final TreeMap<String, AddressClaim> claims = new TreeMap<>();
  private final Map<Ref, Problem> refused = new HashMap<>();

  private Settlement(
      Collection<? extends HasMetadata> objects, Collection<AddressClaim> before, Site site) {
    this.site = site;
    subnets =
        of(Subnet.class, objects).stream()
            .filter(it -> it.getSpec() != null)
            .sorted(SubnetRules.OLDEST_FIRST)
            .toList();
    loadBalancers =
        of(LoadBalancer.class, objects).stream().filter(it -> it.getSpec() != null).toList();
    for (var namespace : of(Namespace.class, objects)) {
      var given = namespace.getMetadata().getLabels();
      labels.put(namespace.getMetadata().getName(), given == null ? Map.of() : given);
    }
    var present = loadBalancers.stream().map(Ref::of).toList();
    for (var claim : before) {
      var gone = Claims.holder(claim).filter(ref -> !present.contains(ref)).isPresent();
      (gone ? Claims.released(claim) : Optional.of(claim)).ifPresent(this::put);
    }
  }

  /**
   * Gives whatever can be given, the oldest first.
   *
   * @param objects everything there is; of these Subnets, LoadBalancers and Namespaces matter
   * @param before the claims that there were
   * @param site in a directory a namespace that is not written down has no labels; of a cluster we
   *     may not have been shown it
   */
  public static Settlement of(
      Collection<? extends HasMetadata> objects, Collection<AddressClaim> before, Site site) {
    var settlement = new Settlement(objects, before, site);
    settlement.rounds();
    if (settlement.release()) {
      settlement.rounds();
    }
    return settlement;
  }

  /** Where a load balancer is, now that everything is decided. */
  public Placement placeOf(LoadBalancer lb) {
    if (lb.getSpec() == null) {
      return Placement.NONE;
    }
    var place = place(lb);
    var why = refused.get(Ref.of(lb));
    return place.waits() && why != null ? place.refused(why) : place;
  }

  public Collection<AddressClaim> claims() {
    return claims.values();
  }

  public List<Subnet> subnets() {
    return subnets;
  }

  public SubnetUse use(Subnet subnet) {
    var on = on(subnet);
    int waiting = (int) on.stream().filter(lb -> refused.containsKey(Ref.of(lb))).count();
    return SubnetUse.of(subnet, claims.values(), on.size(), waiting);
  }

  private List<LoadBalancer> on(Subnet subnet) {
    var name = subnet.getMetadata().getName();
    return loadBalancers.stream().filter(lb -> name.equals(place(lb).wanted())).toList();
  }

  private void rounds() {
    refused.clear();
    for (var subnet : subnets) {
      if (subnet.getSpec().addressPools().isEmpty()) {
        continue;
      }
      var candidates =
          on(subnet).stream()
              .filter(lb -> place(lb).problem() == null)
              .map(lb -> new Candidate(lb, claimsOf(lb), labels(lb)))
              .toList();
      var verdict = SubnetRules.judgePools(subnet, subnets, site);
      var outcome =
          Allocation.of(subnet, verdict, candidates, address -> claims.get(Claims.name(address)));
      outcome.adopt().forEach(this::put);
      outcome.create().forEach(this::put);
      refused.putAll(outcome.refused());
    }
  }

  private boolean release() {
    var surplus = loadBalancers.stream().flatMap(lb -> place(lb).surplus().stream()).toList();
    surplus.forEach(claim -> claims.remove(claim.getMetadata().getName()));
    surplus.forEach(claim -> Claims.released(claim).ifPresent(this::put));
    return !surplus.isEmpty();
  }

  private Map<String, String> labels(LoadBalancer lb) {
    return labels.getOrDefault(lb.getMetadata().getNamespace(), Map.of());
  }

  private Placement place(LoadBalancer lb) {
    var namespace = lb.getMetadata().getNamespace();
    var known = labels.getOrDefault(namespace, site == Site.DIRECTORY ? Map.of() : null);
    return Placement.of(lb, claimsOf(lb), subnets, known);
  }

  private List<AddressClaim> claimsOf(LoadBalancer lb) {
    var ref = Ref.of(lb);
    return claims.values().stream()
        .filter(claim -> Claims.holder(claim).filter(ref::equals).isPresent())
        .toList();
  }

  private void put(AddressClaim claim) {
    claims.put(Objects.requireNonNull(claim.getMetadata().getName()), claim);
  }

  private static <T> List<T> of(Class<T> kind, Collection<? extends HasMetadata> objects) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
