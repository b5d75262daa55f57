package cloud.thalassa.lb.dataplane.table;

import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.dataplane.select.Target;
import org.jspecify.annotations.Nullable;

/**
 * A target in its pool.
 *
 * @param weight 0..256
 * @param verdict the last one that a health checker gave
 * @param failedOpen it serves only because nobody is healthy
 * @param servingSince {@link System#nanoTime} when it began to serve; null: it does not, or did
 *     already in the pool's first table
 */
public record Member(
    Target target,
    int weight,
    @Nullable HealthState verdict,
    Membership membership,
    boolean failedOpen,
    @Nullable Long servingSince) {
  /** When nobody is healthy: everybody who does not leave serves. */
  Member open() {
    return membership == Membership.UNHEALTHY
        ? new Member(target, weight, verdict, Membership.SERVING, true, null)
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
    return new Member(target, weight, verdict, membership, failedOpen, since);
  }
}
