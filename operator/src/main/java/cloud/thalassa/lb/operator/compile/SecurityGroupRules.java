package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.SecurityGroupSpec;
import cloud.thalassa.lb.crds.SecurityGroupSpec.Rule;
import cloud.thalassa.lb.crds.address.Cidr;
import java.util.ArrayList;
import java.util.List;

/** What a security group can show about itself. The API server refuses it before we see it. */
public final class SecurityGroupRules {
  private SecurityGroupRules() {}

  /** Refused: load balancers that attach the group admit nobody. */
  public static Verdict judge(SecurityGroup group) {
    return Problems.verdict(Problems.invalid(problems(group)));
  }

  /** A bad rule spoils the whole group: to leave it out would let in whom it denies. */
  static List<String> problems(SecurityGroup group) {
    var spec = group.getSpec();
    if (spec == null) {
      return List.of("spec is required: ingress without a rule admits nobody.");
    }
    var problems = new ArrayList<String>();
    if (spec.ingress().size() > SecurityGroupSpec.MOST_RULES) {
      problems.add(
          "ingress: %d rules are more than %d: use another SecurityGroup for the rest."
              .formatted(spec.ingress().size(), SecurityGroupSpec.MOST_RULES));
    }
    int sources = spec.ingress().stream().mapToInt(rule -> rule.sources().size()).sum();
    if (sources > SecurityGroupSpec.MOST_SOURCES) {
      problems.add(
          "ingress: %d sources are more than %d: use another SecurityGroup for the rest."
              .formatted(sources, SecurityGroupSpec.MOST_SOURCES));
    }
    for (int i = 0; i < spec.ingress().size(); i++) {
      check("ingress[%d]".formatted(i), spec.ingress().get(i), problems);
    }
    return problems;
  }

  private static void check(String field, Rule rule, List<String> problems) {
    if (rule.name() == null) {
      problems.add("%s.name is required.".formatted(field));
    }
    if (rule.priority() == null || rule.priority() < 1 || rule.priority() > 199) {
      problems.add("%s.priority: %s must be 1..199.".formatted(field, rule.priority()));
    }
    if (rule.action() == null) {
      problems.add("%s.action is required: Allow or Deny.".formatted(field));
    }
    var ports = rule.ports();
    if (ports != null
        && (ports.from() == null
            || ports.to() == null
            || ports.from() < 1
            || ports.from() > ports.to()
            || ports.to() > 65_535)) {
      problems.add(
          "%s.ports: from and to must be 1..65535, and from must not be greater.".formatted(field));
    }
    Cidr.check(
        field + ".sources", rule.sources(), SecurityGroupSpec.MOST_SOURCES_OF_A_RULE, problems);
  }
}
