package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The verdicts on the listeners of one load balancer. */
final class Rulings {
  private final Map<Ref, Membership> memberships;
  private final References references;
  private final Map<Ref, Problem> late;

  private Rulings(Observed observed, Map<Ref, Membership> memberships) {
    this.memberships = memberships;
    this.references = new References(observed.grants());
    this.late =
        Claims.problems(
            observed.listeners().stream()
                .filter(listener -> references.toLoadBalancer(listener) == null)
                .toList());
  }

  static SortedMap<Ref, Verdict> of(Observed observed, Map<Ref, Membership> memberships) {
    var rulings = new Rulings(observed, memberships);
    var verdicts = new TreeMap<Ref, Verdict>();
    for (var listener : observed.listeners()) {
      verdicts.put(Ref.of(listener), rulings.judge(listener));
    }
    return verdicts;
  }

  private Verdict judge(Listener listener) {
    var targets = memberships.get(References.targetGroup(listener));
    var unresolved = references.toTargetGroup(listener, targets == null ? null : targets.group());
    var refused = refused(listener);
    if (refused == null && unresolved == null && targets != null) {
      refused = ListenerRules.with(listener, targets);
    }
    return Problems.verdict(refused, unresolved);
  }

  private @Nullable Problem refused(Listener listener) {
    var forbidden = references.toLoadBalancer(listener);
    if (forbidden != null) {
      return forbidden;
    }
    var tooLate = late.get(Ref.of(listener));
    return tooLate == null ? ListenerRules.alone(listener) : tooLate;
  }
}
