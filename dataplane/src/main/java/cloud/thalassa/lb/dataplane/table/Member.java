package cloud.thalassa.lb.dataplane.table;

import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.dataplane.select.Target;
import org.jspecify.annotations.Nullable;

/**
 * A target in its pool.
 *
 * @param weight 0..256
 * @param verdict the last one that a health checker gave
 */
record Member(Target target, int weight, @Nullable HealthState verdict, Membership membership) {
  /** When nobody is healthy: everybody who does not leave serves. */
  Member failedOpen() {
    return membership == Membership.UNHEALTHY
        ? new Member(target, weight, verdict, Membership.SERVING)
        : this;
  }
}
