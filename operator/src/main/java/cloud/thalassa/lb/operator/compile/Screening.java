package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.ForwardingConfigSpec.SecurityRule;
import cloud.thalassa.lb.crds.LocalRef;
import cloud.thalassa.lb.crds.RuleAction;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.SecurityGroupSpec.Rule;
import cloud.thalassa.lb.crds.address.Cidr;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the security groups of a load balancer amount to.
 *
 * @param rules in the order in which they are asked; null: no group is attached
 * @param lockout why {@code rules} are none, so that nobody new is admitted: who loses a group must
 *     not be open to everybody; null: they are what the groups say
 */
record Screening(@Nullable List<SecurityRule> rules, @Nullable Problem lockout) {
  /** The smaller priority, and Deny before Allow; then by name, so that there is one order. */
  static final Comparator<Rule> FIRST_ASKED =
      Comparator.comparing(Rule::priority)
          .thenComparing(rule -> rule.action() == RuleAction.ALLOW)
          .thenComparing(Rule::name);

  private static final Comparator<Attached> ORDER =
      Comparator.comparing(Attached::rule, FIRST_ASKED).thenComparing(Attached::group);

  static Screening of(Observed observed) {
    var refs = refs(observed);
    if (refs.isEmpty()) {
      return new Screening(null, null);
    }
    var problems = new ArrayList<Problem>();
    var attached = new ArrayList<Attached>();
    for (int i = 0; i < refs.size(); i++) {
      var name = refs.get(i).name();
      var ref = new Ref(observed.loadBalancer().getMetadata().getNamespace(), name);
      var group = observed.securityGroups().get(ref);
      var problem = problem("securityGroupRefs[%d]".formatted(i), ref, group);
      if (problem != null) {
        problems.add(problem);
      } else if (group != null) {
        group.getSpec().ingress().forEach(rule -> attached.add(new Attached(name, rule)));
      }
    }
    return problems.isEmpty()
        ? new Screening(attached.stream().sorted(ORDER).map(Attached::compiled).toList(), null)
        : new Screening(List.of(), lockout(problems));
  }

  private static List<LocalRef> refs(Observed observed) {
    var spec = observed.loadBalancer().getSpec();
    return spec == null ? List.of() : spec.securityGroupRefs().stream().distinct().toList();
  }

  private static @Nullable Problem problem(String field, Ref ref, @Nullable SecurityGroup group) {
    if (group == null) {
      return new Problem(
          ConditionType.RESOLVED_REFS,
          Reason.SECURITY_GROUP_NOT_FOUND,
          "%s: there is no SecurityGroup %s: create it, or correct the reference."
              .formatted(field, ref));
    }
    var invalid = SecurityGroupRules.problems(group);
    return invalid.isEmpty()
        ? null
        : new Problem(
            ConditionType.RESOLVED_REFS,
            Reason.INVALID,
            "%s: SecurityGroup %s cannot be used as it is. %s"
                .formatted(field, ref, String.join(" ", invalid)));
  }

  private static Problem lockout(List<Problem> problems) {
    return new Problem(
        ConditionType.RESOLVED_REFS,
        problems.getFirst().reason(),
        String.join(" ", problems.stream().map(Problem::message).toList())
            + " Until then no new connection is admitted.");
  }

  /** A rule and the name of its group. */
  private record Attached(String group, Rule rule) {
    SecurityRule compiled() {
      return new SecurityRule(
          group + "/" + rule.name(),
          rule.action(),
          rule.protocol(),
          rule.ports(),
          Cidr.canonical(rule.sources()));
    }
  }
}
