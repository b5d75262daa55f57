package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.RuleBody;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.SecurityGroupSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A security group in the words of a client. Load balancers begin no connections of their own, so
 * that egress rules and traffic within the group are remembered, and mean nothing.
 */
record SecurityGroupLiteral(
    boolean allowSameGroupTraffic, List<RuleBody> ingressRules, List<RuleBody> egressRules)
    implements Literal<SecurityGroupSpec> {

  SecurityGroupLiteral {
    ingressRules = ingressRules == null ? List.of() : List.copyOf(ingressRules);
    egressRules = egressRules == null ? List.of() : List.copyOf(egressRules);
  }

  static SecurityGroupLiteral of(SecurityGroup group) {
    return Literal.of(group, SecurityGroupLiteral.class, group.getSpec())
        .orElseGet(
            () -> {
              var rules = new ArrayList<RuleBody>();
              group.getSpec().ingress().forEach(rule -> rules.addAll(Rules.derived(rule)));
              return new SecurityGroupLiteral(false, rules, List.of());
            });
  }

  @Override
  public SecurityGroupSpec over(SecurityGroupSpec spec) {
    var rules = new ArrayList<SecurityGroupSpec.Rule>();
    for (int i = 0; i < ingressRules.size(); i++) {
      Rules.kind("ingressRules[" + i + "]", i, ingressRules.get(i)).ifPresent(rules::add);
    }
    return new SecurityGroupSpec(rules);
  }
}
