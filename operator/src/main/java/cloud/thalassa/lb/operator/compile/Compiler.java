package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** From what was observed of a load balancer to what it means. */
public final class Compiler {
  private static final OffLimits ANYWHERE = OffLimits.of(Site.CLUSTER);

  private Compiler() {}

  /** Never throws for what a user wrote: that becomes a verdict. */
  public static Compiled compile(Observed observed) {
    var loadBalancer = LoadBalancerRules.judge(observed.loadBalancer(), observed.seat());
    var memberships = memberships(observed);
    var rulings = Rulings.of(observed, memberships);
    var accepted = loadBalancer.accepted() ? rulings.accepted() : List.<Served>of();
    var used = used(accepted);
    var screening = Screening.of(observed);
    return new Compiled(
        Forwarding.config(observed, accepted, used, screening),
        slices(observed, used.values()),
        Reach.of(accepted, used),
        loadBalancer,
        screening.lockout(),
        null,
        rulings.verdicts(),
        verdicts(memberships));
  }

  /**
   * The verdict on a listener whose load balancer does not exist.
   *
   * @param targetGroups what it refers to, as far as that exists
   * @param grants the ReferenceGrants of the namespaces that it refers to
   */
  public static Verdict orphan(
      Listener listener, Collection<TargetGroup> targetGroups, List<Grant> grants) {
    var references = new References(grants);
    var forbidden = references.toLoadBalancer(listener);
    var memberships =
        targetGroups.stream()
            .collect(
                Collectors.toMap(
                    group -> Ref.of(group), group -> Membership.of(group, List.of(), ANYWHERE)));
    return Ruling.of(listener, references, memberships)
        .verdict(forbidden == null ? References.loadBalancerNotFound(listener) : forbidden);
  }

  private static Map<Ref, Membership> memberships(Observed observed) {
    var memberships = new HashMap<Ref, Membership>();
    observed
        .targetGroups()
        .forEach(
            (ref, group) ->
                memberships.put(
                    ref,
                    Membership.of(
                        group,
                        observed.pods().getOrDefault(ref, List.of()),
                        observed.offLimits())));
    return memberships;
  }

  private static SortedMap<Ref, Membership> used(List<Served> accepted) {
    var used = new TreeMap<Ref, Membership>();
    accepted.forEach(served -> used.putAll(served.targets()));
    return used;
  }

  private static List<EndpointSlice> slices(Observed observed, Collection<Membership> used) {
    return used.stream()
        .flatMap(targets -> Slices.of(observed.loadBalancer(), targets).stream())
        .sorted(Comparator.comparing((HasMetadata slice) -> slice.getMetadata().getName()))
        .toList();
  }

  private static SortedMap<Ref, Verdict> verdicts(Map<Ref, Membership> memberships) {
    var verdicts = new TreeMap<Ref, Verdict>();
    memberships.forEach((ref, membership) -> verdicts.put(ref, membership.verdict()));
    return verdicts;
  }
}
