package cloud.thalassa.lb.dataplane.table;

import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.dataplane.select.Target;
import org.jspecify.annotations.Nullable;

/**
 * A target in its pool.
 *
 * @param servingSince {@link System#nanoTime} when it began to serve; null: it does not, or did
 *     already in the pool's first table
 * @param weight 0..256
 * @param verdict the last one that a health checker gave
 */
record Member(
    Target target,
    int weight,
    @Nullable HealthState verdict,
    Membership membership,
    @Nullable Long servingSince) {
  /** When nobody is healthy: everybody who does not leave serves. */
  Member failedOpen() {
    return membership == Membership.UNHEALTHY
        ? new Member(target, weight, verdict, Membership.SERVING, null)
        : this;
  }

  /**
   * @param before the same target in the table before; null: it is new
   */
  Member after(@Nullable Member before, long now) {
    if (membership != Membership.SERVING) {
      return this;
    }
    var since =
        before != null && before.membership == Membership.SERVING
            ? before.servingSince
            : Long.valueOf(now);
    return new Member(target, weight, verdict, membership, since);
  }
}
