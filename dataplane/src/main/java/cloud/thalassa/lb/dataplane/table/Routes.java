package cloud.thalassa.lb.dataplane.table;

import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.dataplane.admit.Admission;
import cloud.thalassa.lb.dataplane.admit.Ip;
import cloud.thalassa.lb.dataplane.admit.SecurityRules;
import cloud.thalassa.lb.dataplane.table.Split.Share;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the routes of one load balancer; what cannot be a route is refused alone. */
final class Routes {
  private static final int LAST_PORT = 65535;

  private final String loadBalancer;
  private final ForwardingConfigSpec config;
  private final Map<String, Pool> pools;
  private final RoutingTable previous;
  private final Map<ListenerKey, Route> routes = new HashMap<>();
  private final Map<String, String> refused = new HashMap<>();
  private @Nullable SecurityRules securityRules;

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
    var split = split(entry);
    checkPorts(entry);
    split.pools().forEach(pool -> checkTargets(entry, pool));
    var before = previous.routes().get(key);
    var route =
        new Route(
            key,
            required(entry.protocol(), "protocol"),
            addresses(),
            entry.port(),
            entry.lastPort(),
            entry.maxConnections(),
            Duration.ofSeconds(entry.idleTimeoutSeconds()),
            required(entry.proxyProtocol(), "proxyProtocol"),
            admission(entry.allowedSources(), before),
            securityRules(),
            entry.maxConnectionsPerSource(),
            entry.newConnectionsPerSourcePerSecond(),
            trustedProxies(entry.acceptProxyProtocolFrom(), before),
            split);
    return before != null && before.equals(route) ? before : route;
  }

  private Split split(ForwardingConfigSpec.Entry entry) {
    if (entry.shares().isEmpty()) {
      return Split.all(pool(entry.pool()));
    }
    return new Split(
        entry.shares().stream()
            .map(it -> new Share(it.pool() == null ? null : pool(it.pool()), it.weight()))
            .toList());
  }

  private Pool pool(@Nullable String name) {
    var pool = pools.get(name);
    if (pool == null) {
      throw new IllegalArgumentException(
          "its pool " + name + " is not in the ForwardingConfig of " + loadBalancer);
    }
    return pool;
  }

  private static void checkPorts(ForwardingConfigSpec.Entry entry) {
    if (entry.port() < 1 || entry.port() > LAST_PORT) {
      throw new IllegalArgumentException("port " + entry.port() + " must be 1..65535");
    }
    if (entry.lastPort() < entry.port() || entry.lastPort() > LAST_PORT) {
      throw new IllegalArgumentException(
          "endPort %d must be %d..65535".formatted(entry.lastPort(), entry.port()));
    }
  }

  private static void checkTargets(ForwardingConfigSpec.Entry entry, Pool pool) {
    int behind = entry.lastPort() - entry.port();
    for (var address : pool.members().keySet()) {
      if (address.getPort() + behind > LAST_PORT) {
        throw new IllegalArgumentException(
            "ports %d-%d need %d ports from target %s on, and the last port is 65535"
                .formatted(
                    entry.port(),
                    entry.lastPort(),
                    behind + 1,
                    address.getAddress().getHostAddress() + " port " + address.getPort()));
      }
    }
  }

  private List<InetAddress> addresses() {
    return config.addresses().isEmpty()
        ? List.of(new InetSocketAddress(0).getAddress())
        : config.addresses().stream().map(Ip::parse).toList();
  }

  private static Admission admission(List<String> sources, @Nullable Route before) {
    return admission("allowedSources", sources, before == null ? null : before.admission());
  }

  private static @Nullable Admission trustedProxies(List<String> from, @Nullable Route before) {
    return from.isEmpty()
        ? null
        : admission(
            "acceptProxyProtocolFrom", from, before == null ? null : before.trustedProxies());
  }

  private static Admission admission(
      String field, List<String> sources, @Nullable Admission before) {
    if (before != null && before.sources().equals(sources)) {
      return before;
    }
    try {
      return Admission.of(sources);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
    }
  }

  /** Made once for all listeners, and again only when they changed. */
  private @Nullable SecurityRules securityRules() {
    var rules = config.securityRules();
    if (rules != null && securityRules == null) {
      var before = securityRulesBefore();
      try {
        securityRules =
            before != null && before.rules().equals(rules) ? before : SecurityRules.of(rules);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("securityRules: " + e.getMessage(), e);
      }
    }
    return securityRules;
  }

  private @Nullable SecurityRules securityRulesBefore() {
    for (var entry : config.listeners()) {
      var route = previous.routes().get(new ListenerKey(loadBalancer, entry.name()));
      if (route != null) {
        return route.securityRules();
      }
    }
    return null;
  }

  private static <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw new IllegalArgumentException("it has no " + field);
    }
    return value;
  }
}
