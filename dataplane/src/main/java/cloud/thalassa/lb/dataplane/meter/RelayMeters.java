package cloud.thalassa.lb.dataplane.meter;

import cloud.thalassa.lb.dataplane.flowlog.FlowLog;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import cloud.thalassa.lb.dataplane.table.PoolKey;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** The meters of all listeners and pools of this process. */
public final class RelayMeters {
  private final MeterRegistry registry;
  private final FlowLog flowLog;
  private final Map<ListenerKey, ListenerMeters> listeners = new ConcurrentHashMap<>();
  private final Map<PoolKey, PoolMeters> pools = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> cuts = new ConcurrentHashMap<>();
  private final Map<ListenerKey, Relayed> departed = new HashMap<>();

  /**
   * What went through listeners.
   *
   * @param live since each began
   * @param departed through those that ended since this was last asked for
   */
  public record Account(Map<ListenerKey, Relayed> live, Map<ListenerKey, Relayed> departed) {}

  public RelayMeters(MeterRegistry registry) {
    this(registry, FlowLog.OFF);
  }

  /**
   * @param flowLog of all listeners
   */
  public RelayMeters(MeterRegistry registry, FlowLog flowLog) {
    this.registry = registry;
    this.flowLog = flowLog;
  }

  public ListenerMeters listener(ListenerKey key) {
    return listeners.computeIfAbsent(
        key, k -> new ListenerMeters(registry, flowLog, ofCuts(k.loadBalancer()), k));
  }

  /** Of the target group {@code pool} as the load balancer uses it. */
  public PoolMeters pool(String loadBalancer, String pool) {
    return pools.computeIfAbsent(
        new PoolKey(loadBalancer, pool), k -> new PoolMeters(registry, loadBalancer, pool));
  }

  /** Connections and flows of the listener that live now, those being connected included. */
  public int open(ListenerKey key) {
    var meters = listeners.get(key);
    return meters == null ? 0 : meters.gate().open();
  }

  /** The same of one source. */
  public int open(ListenerKey key, long high, long low) {
    var meters = listeners.get(key);
    return meters == null ? 0 : meters.gate().openOf(high, low);
  }

  /** Connections and flows of a load balancer that changes cut since its newest revision. */
  public long cuts(String loadBalancer) {
    return ofCuts(loadBalancer).sum();
  }

  /** A new revision of the load balancer is in effect. */
  public void newRevision(String loadBalancer) {
    ofCuts(loadBalancer).reset();
  }

  private LongAdder ofCuts(String loadBalancer) {
    return cuts.computeIfAbsent(loadBalancer, _ -> new LongAdder());
  }

  /**
   * When a peer last came to any listener; {@code since} if that is later or nobody did.
   *
   * @param since a {@link System#nanoTime}
   */
  public long lastArrival(long since) {
    var last = since;
    for (var listener : listeners.values()) {
      last = listener.gate().lastArrival(last);
    }
    return last;
  }

  /** What went through listeners until now. */
  public synchronized Account relayed() {
    var live = new HashMap<ListenerKey, Relayed>();
    listeners.forEach((key, meters) -> live.put(key, meters.relayed()));
    var gone = Map.copyOf(departed);
    departed.clear();
    return new Account(live, gone);
  }

  /** Forgets what this table has not any more; a listener not before its last connection. */
  public synchronized void retain(RoutingTable table) {
    retain(
        listeners,
        entry -> table.routes().containsKey(entry.getKey()) || entry.getValue().gate().open() > 0,
        (key, meters) -> {
          departed.merge(key, meters.relayed(), Relayed::plus);
          meters.removeFrom(registry);
        });
    retain(
        pools,
        entry -> table.pools().contains(entry.getKey()),
        (_, meters) -> meters.removeFrom(registry));
  }

  private static <K, M> void retain(
      Map<K, M> all, Predicate<Map.Entry<K, M>> needed, BiConsumer<K, M> remove) {
    all.entrySet()
        .removeIf(
            entry -> {
              var gone = !needed.test(entry);
              if (gone) {
                remove.accept(entry.getKey(), entry.getValue());
              }
              return gone;
            });
  }
}
