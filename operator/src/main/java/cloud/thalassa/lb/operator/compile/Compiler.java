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
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From what was observed of a load balancer to what it means. */
public final class Compiler {
  private Compiler() {}

  /** Never throws for what a user wrote: that becomes a verdict. */
  public static Compiled compile(Observed observed) {
    var loadBalancer = LoadBalancerRules.judge(observed.loadBalancer(), observed.seat());
    var memberships = memberships(observed);
    var listeners = Rulings.of(observed, memberships);
    var accepted = loadBalancer.accepted() ? accepted(observed, listeners) : List.<Listener>of();
    var used = used(accepted, memberships);
    var screening = Screening.of(observed);
    return new Compiled(
        Forwarding.config(observed, accepted, used, screening),
        slices(observed, used.values()),
        Reach.of(accepted, used),
        loadBalancer,
        screening.lockout(),
        null,
        listeners,
        verdicts(memberships));
  }

  /**
   * The verdict on a listener whose load balancer does not exist.
   *
   * @param targetGroup what it refers to, if that exists
   * @param grants the ReferenceGrants of the namespaces that it refers to
   */
  public static Verdict orphan(
      Listener listener, @Nullable TargetGroup targetGroup, List<Grant> grants) {
    var references = new References(grants);
    var forbidden = references.toLoadBalancer(listener);
    return Problems.verdict(
        forbidden == null ? References.loadBalancerNotFound(listener) : forbidden,
        references.toTargetGroup(listener, targetGroup));
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

  private static List<Listener> accepted(Observed observed, SortedMap<Ref, Verdict> verdicts) {
    return observed.listeners().stream()
        .filter(listener -> verdicts.get(Ref.of(listener)) instanceof Verdict.Accepted)
        .toList();
  }

  private static SortedMap<Ref, Membership> used(
      List<Listener> accepted, Map<Ref, Membership> memberships) {
    var used = new TreeMap<Ref, Membership>();
    for (var listener : accepted) {
      var ref = References.targetGroup(listener);
      used.put(ref, Objects.requireNonNull(memberships.get(ref), "accepted without its group"));
    }
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
