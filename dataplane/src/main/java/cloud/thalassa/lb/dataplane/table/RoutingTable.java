package cloud.thalassa.lb.dataplane.table;

import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that this process forwards, at one moment. Immutable: a connection reads it once, when it is
 * accepted, and a new state is a new table.
 */
public final class RoutingTable {
  public static final RoutingTable EMPTY = new RoutingTable(Map.of(), Map.of());

  private final Map<ListenerKey, Route> routes;
  private final Map<String, Service> services;

  private RoutingTable(Map<ListenerKey, Route> routes, Map<String, Service> services) {
    this.routes = Map.copyOf(routes);
    this.services = Map.copyOf(services);
  }

  /**
   * The table of these documents. What {@code previous} knows goes on: targets and rotations where
   * they are the same, and the last good configuration of a load balancer whose newest cannot be
   * used.
   */
  public static RoutingTable of(Documents documents, RoutingTable previous) {
    return previous;
  }

  public Map<ListenerKey, Route> routes() {
    return routes;
  }

  /** By load balancer, {@code namespace/name}: every one whose configuration exists. */
  public Map<String, Service> services() {
    return services;
  }

  /**
   * How a load balancer is served.
   *
   * @param config in service; null when none ever could be used
   * @param problem why the newest configuration is not in service, as a sentence
   * @param refused listeners without a route, with the reason as a sentence
   */
  public record Service(
      @Nullable ForwardingConfigSpec config,
      @Nullable String problem,
      Map<String, String> refused) {
    public Service {
      refused = Map.copyOf(refused);
    }
  }
}
