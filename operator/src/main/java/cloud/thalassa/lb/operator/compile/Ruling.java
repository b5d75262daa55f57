package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.ListenerSpec.WeightedTargetGroup;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one listener. Of the groups that share its connections, one that cannot be used
 * costs its share and no more; the only group costs the listener.
 */
final class Ruling {
  private final Listener listener;
  private final References references;
  private final SortedMap<Ref, Membership> targets = new TreeMap<>();

  /** At most one of each group. */
  private final List<Problem> problems = new ArrayList<>();

  private Ruling(Listener listener, References references) {
    this.listener = listener;
    this.references = references;
  }

  /**
   * @param memberships of the groups that exist, at least of those that it refers to
   */
  static Ruling of(Listener listener, References references, Map<Ref, Membership> memberships) {
    var ruling = new Ruling(listener, references);
    var shares = listener.getSpec().shares();
    for (int i = 0; i < shares.size(); i++) {
      var field = ruling.shared() ? "weightedTargetGroups[%d]".formatted(i) : "targetGroupRef";
      ruling.consider(field, shares.get(i), memberships);
    }
    return ruling;
  }

  private boolean shared() {
    return listener.getSpec().targetGroupRef() == null;
  }

  private void consider(String field, WeightedTargetGroup share, Map<Ref, Membership> memberships) {
    var ref = References.targetGroup(listener, share);
    var membership = memberships.get(ref);
    var group = membership == null ? null : membership.group();
    var problem = references.toTargetGroup(listener, field, ref, group);
    if (problem == null && membership != null) {
      problem = Problems.invalid(ListenerRules.with(listener, field, membership));
      if (problem == null) {
        targets.put(ref, membership);
      }
    }
    Stream.ofNullable(problem).forEach(problems::add);
  }

  Served served() {
    return new Served(listener, targets);
  }

  /**
   * @param refused why the listener is refused whatever its groups are; null: it is not
   */
  Verdict verdict(@Nullable Problem refused) {
    if (!shared()) {
      var own = problems.stream().filter(it -> refused == null || ofReferences(it)).findFirst();
      return Problems.verdict(refused, own.orElse(null));
    }
    var lost = lost();
    var apart = refused == null ? ListenerRules.together(listener, targets.values()) : refused;
    return apart == null
        ? new Verdict.Accepted(lost == null ? List.of() : List.of(lost))
        : Problems.verdict(apart, lost);
  }

  private static boolean ofReferences(Problem problem) {
    return problem.condition() == ConditionType.RESOLVED_REFS;
  }

  /** The shares that nobody gets; null: there are none. */
  private @Nullable Problem lost() {
    if (problems.isEmpty()) {
      return null;
    }
    var sentences = problems.stream().map(Problem::message).collect(Collectors.joining(" "));
    return new Problem(
        ConditionType.RESOLVED_REFS,
        problems.getFirst().reason(),
        sentences + " Until then the connections of its share are refused.");
  }
}
