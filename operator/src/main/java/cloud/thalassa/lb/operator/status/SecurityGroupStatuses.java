package cloud.thalassa.lb.operator.status;

import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.SecurityGroupStatus;
import cloud.thalassa.lb.crds.SecurityGroupStatus.Users;
import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Reason;
import cloud.thalassa.lb.operator.compile.SecurityGroupRules;
import cloud.thalassa.lb.operator.compile.ShadowedRules;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status of a security group, which any number of load balancers may attach. */
public final class SecurityGroupStatuses {
  private static final int MOST_NAMES = 100;
  private static final int MOST_SENTENCES = 5;

  private SecurityGroupStatuses() {}

  /**
   * What its owner reads.
   *
   * @param users the load balancers that attach it
   */
  public static SecurityGroupStatus of(
      SecurityGroup group,
      Collection<? extends HasMetadata> users,
      @Nullable SecurityGroupStatus previous,
      Instant now) {
    var generation = group.getMetadata().getGeneration();
    var verdict = SecurityGroupRules.judge(group);
    var conditions =
        new Conditions(generation, previous == null ? List.of() : previous.conditions(), now)
            .verdict(ConditionType.ACCEPTED, verdict, Reason.ACCEPTED, accepted(group));
    if (verdict.accepted()) {
      conditions.add(effective(ShadowedRules.in(group)), ConditionType.RULES_EFFECTIVE);
    }
    return new SecurityGroupStatus(
        generation,
        group.getSpec() == null ? 0 : group.getSpec().ingress().size(),
        users(users),
        conditions.list());
  }

  private static String accepted(SecurityGroup group) {
    return group.getSpec() == null || group.getSpec().ingress().isEmpty()
        ? "The security group is accepted; as it has no rule, it allows nobody."
        : "The security group is accepted.";
  }

  private static Users users(Collection<? extends HasMetadata> users) {
    var names = users.stream().map(user -> user.getMetadata().getName()).sorted().limit(MOST_NAMES);
    return new Users(users.size(), names.toList());
  }

  /** Legal, but a user would want to know. */
  private static Finding effective(List<String> shadowed) {
    if (shadowed.isEmpty()) {
      return Finding.yes(
          Reason.ALL_EFFECTIVE, "No rule is covered by another one that comes before it.");
    }
    var more = shadowed.size() - MOST_SENTENCES;
    return Finding.no(
        Reason.SHADOWED,
        String.join(" ", shadowed.stream().limit(MOST_SENTENCES).toList())
            + (more > 0 ? " And so it is with %d more.".formatted(more) : ""));
  }
}
