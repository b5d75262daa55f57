package cloud.thalassa.lb.dataplane.relay;

import cloud.thalassa.lb.dataplane.select.Target;
import cloud.thalassa.lb.dataplane.table.Route;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A connection has to end {@code within} this time, because what it uses is leaving. */
public record Departure(TerminationReason reason, Duration within) {
  /**
   * What a table says to a connection that was accepted on this binding for this target; null: it
   * may stay.
   *
   * @param chosen the route by which the target was chosen
   */
  public static @Nullable Departure of(
      RoutingTable table, Binding binding, Route chosen, Target target) {
    var route = binding.route(table);
    if (route == null) {
      return new Departure(TerminationReason.LISTENER_REMOVED, drainTimeout(target, chosen));
    }
    return switch (route.membership(target)) {
      case SERVING, UNHEALTHY -> null;
      case DRAINING, GONE ->
          new Departure(TerminationReason.TARGET_DRAINED, drainTimeout(target, route, chosen));
    };
  }

  /** Of the first route that knows the target's pool. */
  private static Duration drainTimeout(Target target, Route... routes) {
    return Stream.of(routes)
        .map(route -> route.drainTimeout(target))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(Duration.ZERO);
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
