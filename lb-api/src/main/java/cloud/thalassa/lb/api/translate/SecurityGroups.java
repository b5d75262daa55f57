package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.RuleBody;
import cloud.thalassa.lb.api.wire.SecurityGroupRequest;
import cloud.thalassa.lb.api.wire.SecurityGroupView;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.SecurityGroupSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Security groups as clients read and write them. */
public final class SecurityGroups {
  private static final int LONGEST_NAME = 57;

  private SecurityGroups() {}

  public static SecurityGroupView view(World world, SecurityGroup group) {
    var literal = SecurityGroupLiteral.of(group);
    return new SecurityGroupView(
        Heads.of(group),
        world.organisation(),
        world.vpcOf(group),
        group.getMetadata().getDeletionTimestamp() == null ? "ready" : "deleting",
        literal.allowSameGroupTraffic(),
        literal.ingressRules(),
        literal.egressRules());
  }

  public static SecurityGroup create(World world, SecurityGroupRequest request) {
    var identity = Text.required("vpcIdentity", request.vpcIdentity());
    var vpc =
        world.findVpc(identity).orElseThrow(() -> Refusal.unknown("vpcIdentity", "VPC", identity));
    var literal =
        new SecurityGroupLiteral(
            Boolean.TRUE.equals(request.allowSameGroupTraffic()),
            ingress("ingressRules", request.ingressRules()),
            rules("egressRules", request.egressRules()));
    var group = new SecurityGroup();
    group.setMetadata(Heads.created(vpc.getMetadata().getName(), LONGEST_NAME, request));
    group.setSpec(literal.over(new SecurityGroupSpec(List.of())));
    literal.note(group.getMetadata());
    return group;
  }

  public static SecurityGroup update(SecurityGroup previous, SecurityGroupRequest request) {
    Heads.checkVersion(previous, request);
    var before = SecurityGroupLiteral.of(previous);
    boolean allowSame =
        request.allowSameGroupTraffic() == null
            ? before.allowSameGroupTraffic()
            : request.allowSameGroupTraffic();
    var next = new SecurityGroup();
    next.setMetadata(Heads.written(previous.getMetadata(), request));
    if (Boolean.TRUE.equals(request.skipRulesUpdate())) {
      next.setSpec(previous.getSpec());
      new SecurityGroupLiteral(allowSame, before.ingressRules(), before.egressRules())
          .note(next.getMetadata());
      return next;
    }
    return with(
        next,
        new SecurityGroupLiteral(
            allowSame,
            ingress("ingressRules", request.ingressRules()),
            rules("egressRules", request.egressRules())));
  }

  public static SecurityGroup ingress(SecurityGroup previous, @Nullable List<RuleBody> rules) {
    var before = SecurityGroupLiteral.of(previous);
    return with(
        copy(previous),
        new SecurityGroupLiteral(
            before.allowSameGroupTraffic(), ingress("rules", rules), before.egressRules()));
  }

  public static SecurityGroup egress(SecurityGroup previous, @Nullable List<RuleBody> rules) {
    var before = SecurityGroupLiteral.of(previous);
    return with(
        copy(previous),
        new SecurityGroupLiteral(
            before.allowSameGroupTraffic(), before.ingressRules(), rules("rules", rules)));
  }

  private static SecurityGroup copy(SecurityGroup previous) {
    var next = new SecurityGroup();
    next.setMetadata(Heads.copy(previous.getMetadata()));
    return next;
  }

  private static SecurityGroup with(SecurityGroup group, SecurityGroupLiteral literal) {
    group.setSpec(literal.over(new SecurityGroupSpec(List.of())));
    literal.note(group.getMetadata());
    return group;
  }

  /** Rules that a load balancer can follow. */
  private static List<RuleBody> ingress(String field, @Nullable List<RuleBody> given) {
    var rules = rules(field, given);
    for (int i = 0; i < rules.size(); i++) {
      Rules.kind(field + "[" + i + "]", i, rules.get(i));
    }
    return rules;
  }

  private static List<RuleBody> rules(String field, @Nullable List<RuleBody> given) {
    var rules = given == null ? List.<RuleBody>of() : given;
    if (rules.size() > SecurityGroupSpec.MOST_RULES) {
      throw Refusal.invalid(
          field, "at most %d rules are allowed".formatted(SecurityGroupSpec.MOST_RULES));
    }
    for (int i = 0; i < rules.size(); i++) {
      Rules.check(field + "[" + i + "]", rules.get(i));
    }
    return rules;
  }

  /** Refuses to delete what a load balancer attaches: without the group it would let nobody in. */
  public static void checkDeletion(World world, SecurityGroup group) {
    var metadata = group.getMetadata();
    world.loadBalancers().stream()
        .filter(it -> it.getMetadata().getNamespace().equals(metadata.getNamespace()))
        .filter(
            it ->
                it.getSpec().securityGroupRefs().stream()
                    .anyMatch(ref -> ref.name().equals(metadata.getName())))
        .findFirst()
        .ifPresent(
            user -> {
              throw Refusal.conflict(
                  "security group %s is attached to the load balancer %s: detach it first"
                      .formatted(Identity.of(group), Identity.of(user)));
            });
  }
}
