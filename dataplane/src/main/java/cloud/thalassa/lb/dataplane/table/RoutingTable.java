package cloud.thalassa.lb.dataplane.table;

import static cloud.thalassa.lb.crds.ForwardingConfigSpec.FORMAT_VERSION;
import static java.util.stream.Collectors.toMap;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.HealthReportSpec.TargetHealth;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that this process forwards, at one moment. Immutable: a connection reads it once, when it is
 * accepted, and a new state is a new table.
 */
public final class RoutingTable {
  public static final RoutingTable EMPTY = new RoutingTable(Map.of(), Map.of(), Map.of());

  private final Map<ListenerKey, Route> routes;
  private final Map<String, Service> services;
  private final Map<PoolKey, MadePool> pools;

  RoutingTable(
      Map<ListenerKey, Route> routes, Map<String, Service> services, Map<PoolKey, MadePool> pools) {
    this.routes = Map.copyOf(routes);
    this.services = Map.copyOf(services);
    this.pools = Map.copyOf(pools);
  }

  /**
   * The table of these documents; {@code previous} itself if nothing changed. What {@code previous}
   * knows goes on: targets and rotations where they are the same, and the last good configuration
   * of a load balancer whose newest cannot be used.
   *
   * @param now {@link System#nanoTime}: since when those serve who did not in {@code previous}
   */
  public static RoutingTable of(Documents documents, RoutingTable previous, long now) {
    var inventory = new Inventory(documents, previous::inventory);
    var routes = new HashMap<ListenerKey, Route>();
    var services = new HashMap<String, Service>();
    var pools = new HashMap<PoolKey, MadePool>();
    usable(documents, previous)
        .forEach(
            (loadBalancer, usable) -> {
              var config = usable.config();
              if (config == null) {
                services.put(loadBalancer, usable);
                return;
              }
              var own = pools(loadBalancer, config, inventory, previous, now);
              var made = new Routes(loadBalancer, config, named(own), previous);
              var problem = usable.problem();
              services.put(
                  loadBalancer,
                  new Service(
                      config,
                      problem == null ? inventory.problem(loadBalancer) : problem,
                      made.refused()));
              routes.putAll(made.routes());
              pools.putAll(own);
            });
    var table = new RoutingTable(routes, services, pools);
    return table.same(previous) ? previous : table;
  }

  public Map<ListenerKey, Route> routes() {
    return routes;
  }

  public Set<PoolKey> pools() {
    return pools.keySet();
  }

  /** By load balancer, {@code namespace/name}: every one whose configuration exists. */
  public Map<String, Service> services() {
    return services;
  }

  /** The load balancers that are served by another revision than in the table before. */
  public Stream<String> revisedSince(RoutingTable before) {
    return services.entrySet().stream()
        .filter(
            entry -> {
              var earlier = before.services.get(entry.getKey());
              return earlier == null || !earlier.revision().equals(entry.getValue().revision());
            })
        .map(Map.Entry::getKey);
  }

  /** What a health checker said of a target, in its own words; null: nothing that is there yet. */
  public @Nullable TargetHealth verdict(PoolKey key, InetSocketAddress target) {
    var inventory = inventory(key);
    return inventory == null ? null : inventory.verdict(target);
  }

  private @Nullable PoolInventory inventory(PoolKey key) {
    var pool = pools.get(key);
    return pool == null ? null : pool.inventory();
  }

  private boolean same(RoutingTable other) {
    return routes.equals(other.routes)
        && services.equals(other.services)
        && pools.keySet().equals(other.pools.keySet())
        && pools.entrySet().stream().allMatch(pool -> same(pool.getValue(), other, pool.getKey()));
  }

  /** One that did not change is the same object. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean same(MadePool pool, RoutingTable other, PoolKey key) {
    var before = other.pools.get(key);
    return before != null && before.pool() == pool.pool();
  }

  private static Map<String, Service> usable(Documents documents, RoutingTable previous) {
    var usable = new HashMap<String, Service>();
    for (var config : documents.configs()) {
      var name = config.getMetadata().getNamespace() + "/" + config.getMetadata().getName();
      var problem = problem(config);
      usable.put(
          name,
          problem == null
              ? new Service(config.getSpec(), null, Map.of())
              : lastGood(name, problem, previous));
    }
    documents
        .unreadable()
        .forEach((name, problem) -> usable.put(name, lastGood(name, problem, previous)));
    return usable;
  }

  private static @Nullable String problem(ForwardingConfig config) {
    if (config.getSpec() == null || config.getSpec().revision() == null) {
      return "the newest ForwardingConfig has no revision";
    }
    int format = config.getSpec().formatVersion();
    if (format != FORMAT_VERSION) {
      return "the newest ForwardingConfig has format version %d; this dataplane reads %d"
          .formatted(format, FORMAT_VERSION);
    }
    return config.getSpec().pools().stream().allMatch(RoutingTable::complete)
        ? null
        : "the newest ForwardingConfig has a pool without name, policy or whenNoneHealthy";
  }

  /** Files, unlike an API server, do not see to it that what is required is there. */
  private static boolean complete(ForwardingConfigSpec.Pool pool) {
    return pool != null
        && Stream.of(pool.name(), pool.policy(), pool.whenNoneHealthy()).allMatch(Objects::nonNull);
  }

  private static Service lastGood(String loadBalancer, String problem, RoutingTable previous) {
    var before = previous.services.get(loadBalancer);
    return new Service(before == null ? null : before.config(), problem, Map.of());
  }

  private static Map<PoolKey, MadePool> pools(
      String loadBalancer,
      ForwardingConfigSpec config,
      Inventory inventory,
      RoutingTable previous,
      long now) {
    var pools = new HashMap<PoolKey, MadePool>();
    for (var spec : config.pools()) {
      var key = new PoolKey(loadBalancer, spec.name());
      pools.put(key, pool(spec, inventory.of(key), previous.pools.get(key), now));
    }
    return pools;
  }

  private static MadePool pool(
      ForwardingConfigSpec.Pool spec,
      PoolInventory inventory,
      @Nullable MadePool before,
      long now) {
    if (before != null && before.stands(spec, inventory)) {
      return before;
    }
    var pool = Pools.of(spec, inventory, before == null ? null : before.pool(), now);
    return new MadePool(spec, inventory, pool);
  }

  private static Map<String, Pool> named(Map<PoolKey, MadePool> pools) {
    return pools.values().stream().collect(toMap(made -> made.spec().name(), MadePool::pool));
  }

  /**
   * How a load balancer is served.
   *
   * @param config in service; null when none ever could be used
   * @param problem why the newest documents are not in service, as a sentence
   * @param refused listeners without a route, with the reason as a sentence
   */
  public record Service(
      @Nullable ForwardingConfigSpec config,
      @Nullable String problem,
      Map<String, String> refused) {
    /** Of which no configuration ever could be used. */
    private static final String NO_REVISION = "none";

    public Service {
      refused = Map.copyOf(refused);
    }

    /** Of the configuration in service. */
    public String revision() {
      return config == null ? NO_REVISION : config.revision();
    }
  }
}
