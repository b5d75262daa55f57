package cloud.thalassa.lb.operator.status;

import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.TargetGroupStatus;
import cloud.thalassa.lb.crds.TargetGroupStatus.Targets;
import cloud.thalassa.lb.crds.WhenNoneHealthy;
import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Member;
import cloud.thalassa.lb.operator.compile.Membership;
import cloud.thalassa.lb.operator.compile.OffLimits;
import cloud.thalassa.lb.operator.compile.PodTarget;
import cloud.thalassa.lb.operator.compile.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status of a target group, which any number of load balancers may use. */
public final class TargetGroupStatuses {
  private TargetGroupStatuses() {}

  /**
   * What its owner reads.
   *
   * @param pods the pods that its selector matches
   * @param offLimits which addresses its targets cannot have
   * @param used an accepted listener sends its connections to this group
   * @param reports the health reports of its slices, of whichever load balancers
   */
  public static TargetGroupStatus of(
      TargetGroup group,
      Collection<PodTarget> pods,
      OffLimits offLimits,
      boolean used,
      Collection<HealthReport> reports,
      @Nullable TargetGroupStatus previous,
      Instant now) {
    var membership = Membership.of(group, pods, offLimits);
    var targets = count(group, membership, new Health(reports));
    var generation = group.getMetadata().getGeneration();
    return new TargetGroupStatus(
        generation,
        targets,
        new Conditions(generation, previous == null ? List.of() : previous.conditions(), now)
            .verdict(
                ConditionType.ACCEPTED,
                membership.verdict(),
                Reason.ACCEPTED,
                "The target group is accepted.")
            .add(
                Finding.yes(Reason.RESOLVED_REFS, "A target group refers to no other object."),
                ConditionType.RESOLVED_REFS)
            .add(explain(healthy(group, targets, used), membership), ConditionType.TARGETS_HEALTHY)
            .list());
  }

  private static Targets count(TargetGroup group, Membership membership, Health health) {
    int healthy = 0;
    int unhealthy = 0;
    int initial = 0;
    int draining = 0;
    for (var member : membership.members()) {
      if (member.draining()) {
        draining++;
        continue;
      }
      switch (state(group, member, health)) {
        case HEALTHY -> healthy++;
        case UNHEALTHY -> unhealthy++;
        case INITIAL -> initial++;
      }
    }
    int total = membership.members().size();
    return new Targets(total, healthy, unhealthy, initial, draining, healthy + "/" + total);
  }

  private static HealthState state(TargetGroup group, Member member, Health health) {
    if (group.getSpec().healthCheck() != null) {
      return health.of(member);
    }
    return member.ready() ? HealthState.HEALTHY : HealthState.UNHEALTHY;
  }

  private static Finding healthy(TargetGroup group, Targets targets, boolean used) {
    int counted = targets.total() - targets.draining();
    if (!used) {
      return Finding.unknown(
          Reason.NOT_REFERENCED,
          "No accepted listener uses this group: name it in the targetGroupRef of a Listener; if one does"
              + " already, its conditions say what is wrong.");
    }
    if (counted == 0) {
      return Finding.no(
          Reason.NO_TARGETS,
          targets.total() == 0
              ? "selector and targets give no target: no selected pod is running with an IP, and"
                  + " none is listed by hand."
              : "All targets (%d) are draining.".formatted(targets.total()));
    }
    var summary =
        "%d of %d targets are healthy%s.".formatted(targets.healthy(), counted, rest(targets));
    if (targets.healthy() == counted) {
      return Finding.yes(Reason.ALL_HEALTHY, summary);
    }
    if (targets.unhealthy() == 0) {
      return Finding.unknown(Reason.HEALTH_UNKNOWN, summary);
    }
    return targets.healthy() > 0
        ? Finding.no(Reason.SOME_UNHEALTHY, summary)
        : Finding.no(Reason.NONE_HEALTHY, summary + " " + fallback(group));
  }

  private static String rest(Targets targets) {
    var parts = new ArrayList<String>();
    if (targets.unhealthy() > 0) {
      parts.add(targets.unhealthy() + " unhealthy");
    }
    if (targets.initial() > 0) {
      parts.add(targets.initial() + " not judged yet");
    }
    if (targets.draining() > 0) {
      parts.add(targets.draining() + " more draining");
    }
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }

  private static String fallback(TargetGroup group) {
    return group.getSpec().whenNoneHealthy() == WhenNoneHealthy.FAIL_OPEN
        ? "whenNoneHealthy is FailOpen: new connections go to all that are not draining."
        : "whenNoneHealthy is Refuse: new connections are refused.";
  }

  private static Finding explain(Finding finding, Membership membership) {
    return membership.leftOut().isEmpty()
        ? finding
        : new Finding(
            finding.status(),
            finding.reason(),
            finding.message() + " " + String.join(" ", membership.leftOut()));
  }
}
