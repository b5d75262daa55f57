package cloud.thalassa.lb.operator.status;

import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.TargetGroupStatus;
import cloud.thalassa.lb.operator.compile.PodTarget;
import cloud.thalassa.lb.operator.compile.Site;
import java.time.Instant;
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
   * @param used an accepted listener sends its connections to this group
   * @param reports the health reports of its slices, of whichever load balancers
   */
  public static TargetGroupStatus of(
      TargetGroup group,
      Collection<PodTarget> pods,
      Site site,
      boolean used,
      Collection<HealthReport> reports,
      @Nullable TargetGroupStatus previous,
      Instant now) {
    return new TargetGroupStatus(group.getMetadata().getGeneration(), null, List.of());
  }
}
