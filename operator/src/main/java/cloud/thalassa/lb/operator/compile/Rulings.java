package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The verdicts on the listeners of one load balancer. */
final class Rulings {
  private final References references;
  private final Map<Ref, Problem> late;
  private final SortedMap<Ref, Verdict> verdicts = new TreeMap<>();
  private final List<Served> accepted = new ArrayList<>();

  private Rulings(Observed observed) {
    this.references = new References(observed.grants());
    this.late =
        Claims.problems(
            observed.listeners().stream()
                .filter(listener -> references.toLoadBalancer(listener) == null)
                .toList());
  }

  static Rulings of(Observed observed, Map<Ref, Membership> memberships) {
    var rulings = new Rulings(observed);
    for (var listener : observed.listeners()) {
      rulings.judge(listener, memberships);
    }
    return rulings;
  }

  SortedMap<Ref, Verdict> verdicts() {
    return verdicts;
  }

  List<Served> accepted() {
    return accepted;
  }

  private void judge(Listener listener, Map<Ref, Membership> memberships) {
    var ruling = Ruling.of(listener, references, memberships);
    var verdict = ruling.verdict(refused(listener));
    verdicts.put(Ref.of(listener), verdict);
    if (verdict.accepted()) {
      accepted.add(ruling.served());
    }
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
