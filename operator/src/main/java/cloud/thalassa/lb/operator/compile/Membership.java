package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.TargetGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/**
 * The targets of one target group, whoever uses it.
 *
 * @param members one per address and port, sorted
 * @param usable false: no listener can use the group before it is corrected
 * @param invalid what its owner must correct, as sentences
 * @param leftOut which pods are no targets although they are selected and run, as sentences
 */
public record Membership(
    TargetGroup group,
    List<Member> members,
    boolean usable,
    List<String> invalid,
    List<String> leftOut) {
  private static final Comparator<Member> ORDER =
      Comparator.comparing(Member::address).thenComparing(Member::port);

  public Membership {
    members = List.copyOf(members);
    invalid = List.copyOf(invalid);
    leftOut = List.copyOf(leftOut);
  }

  /** The targets of a group whose selector matches these pods. */
  public static Membership of(TargetGroup group, Collection<PodTarget> pods, OffLimits offLimits) {
    var fatal = TargetGroupRules.fatal(group);
    if (!fatal.isEmpty()) {
      return new Membership(group, List.of(), false, fatal, List.of());
    }
    var invalid = TargetGroupRules.partial(group);
    var selected = TargetGroupRules.selectorProblem(group) == null ? pods : List.<PodTarget>of();
    var leftOut = new ArrayList<String>();
    var members = new HashMap<Member.Key, Member>();
    for (var member : PodMembers.of(group.getSpec(), selected, offLimits, leftOut)) {
      members.put(member.key(), member);
    }
    for (var member : ManualTargets.of(group.getSpec(), offLimits, invalid)) {
      members.merge(member.key(), member, Membership::weigh);
    }
    return new Membership(
        group, members.values().stream().sorted(ORDER).toList(), true, invalid, leftOut);
  }

  /** Refused: its owner must correct something, though it may serve with the rest. */
  public Verdict verdict() {
    return Problems.verdict(Problems.invalid(invalid));
  }

  /** A pod that is listed by hand as well counts once: its own state, the weight given by hand. */
  private static Member weigh(Member pod, Member manual) {
    return new Member(
        pod.address(),
        pod.ipv6(),
        pod.port(),
        pod.healthPort(),
        manual.weight(),
        pod.ready(),
        pod.terminating(),
        pod.nodeName(),
        manual.zone() == null ? pod.zone() : manual.zone(),
        pod.pod());
  }
}
