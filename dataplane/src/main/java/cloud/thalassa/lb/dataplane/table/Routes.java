package cloud.thalassa.lb.dataplane.table;

import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.dataplane.admit.Admission;
import cloud.thalassa.lb.dataplane.admit.Ip;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the routes of one load balancer; what cannot be a route is refused alone. */
final class Routes {
  private final String loadBalancer;
  private final ForwardingConfigSpec config;
  private final Map<String, Pool> pools;
  private final RoutingTable previous;
  private final Map<ListenerKey, Route> routes = new HashMap<>();
  private final Map<String, String> refused = new HashMap<>();

  Routes(
      String loadBalancer,
      ForwardingConfigSpec config,
      Map<String, Pool> pools,
      RoutingTable previous) {
    this.loadBalancer = loadBalancer;
    this.config = config;
    this.pools = pools;
    this.previous = previous;
    for (var entry : config.listeners()) {
      var key = new ListenerKey(loadBalancer, entry.name());
      try {
        routes.put(key, route(key, entry));
      } catch (IllegalArgumentException e) {
        refused.put(entry.name(), String.valueOf(e.getMessage()));
      }
    }
  }

  Map<ListenerKey, Route> routes() {
    return routes;
  }

  /** By the name of the listener, the reason as a sentence. */
  Map<String, String> refused() {
    return refused;
  }

  private Route route(ListenerKey key, ForwardingConfigSpec.Entry entry) {
    var pool = pools.get(entry.pool());
    if (pool == null) {
      throw new IllegalArgumentException(
          "its pool " + entry.pool() + " is not in the ForwardingConfig of " + loadBalancer);
    }
    if (entry.port() < 1 || entry.port() > 65535) {
      throw new IllegalArgumentException("port " + entry.port() + " must be 1..65535");
    }
    var before = previous.routes().get(key);
    var route =
        new Route(
            key,
            required(entry.protocol(), "protocol"),
            bind(entry.port()),
            entry.maxConnections(),
            Duration.ofSeconds(entry.idleTimeoutSeconds()),
            required(entry.proxyProtocol(), "proxyProtocol"),
            admission(entry.allowedSources(), before),
            0,
            0,
            null,
            pool);
    return before != null && before.equals(route) ? before : route;
  }

  private List<InetSocketAddress> bind(int port) {
    return config.addresses().isEmpty()
        ? List.of(new InetSocketAddress(port))
        : config.addresses().stream()
            .map(address -> new InetSocketAddress(Ip.parse(address), port))
            .toList();
  }

  private static Admission admission(List<String> sources, @Nullable Route before) {
    if (before != null && before.admission().sources().equals(sources)) {
      return before.admission();
    }
    try {
      return Admission.of(sources);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("allowedSources: " + e.getMessage(), e);
    }
  }

  private static <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw new IllegalArgumentException("it has no " + field);
    }
    return value;
  }
}
