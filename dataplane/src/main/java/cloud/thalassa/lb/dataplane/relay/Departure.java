package cloud.thalassa.lb.dataplane.relay;

import cloud.thalassa.lb.dataplane.select.Target;
import cloud.thalassa.lb.dataplane.table.Pool;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection has to end {@code within} this time, because what it uses is leaving. */
public record Departure(TerminationReason reason, Duration within) {
  /**
   * What a table says to a connection that was accepted on this binding for a target of this pool;
   * null: it may stay.
   */
  public static @Nullable Departure of(
      RoutingTable table, Binding binding, Pool pool, Target target) {
    var route = binding.route(table);
    if (route == null) {
      return new Departure(TerminationReason.LISTENER_REMOVED, pool.drainTimeout());
    }
    if (!route.pool().name().equals(pool.name())) {
      return new Departure(TerminationReason.TARGET_DRAINED, pool.drainTimeout());
    }
    return switch (route.pool().membership(target)) {
      case SERVING, UNHEALTHY -> null;
      case DRAINING, GONE ->
          new Departure(TerminationReason.TARGET_DRAINED, route.pool().drainTimeout());
    };
  }

  /**
   * Whether the time counts from now on for what was leaving for this reason before, which is null
   * if it was not. A listener that is back takes its deadline with it; what its target has lost
   * meanwhile is told only now. A target that leaves goes on doing so when its listener does too.
   */
  public boolean begins(@Nullable TerminationReason before) {
    return before == null
        || (before == TerminationReason.LISTENER_REMOVED
            && reason == TerminationReason.TARGET_DRAINED);
  }
}
