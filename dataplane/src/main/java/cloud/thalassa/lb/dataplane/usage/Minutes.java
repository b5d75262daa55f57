package cloud.thalassa.lb.dataplane.usage;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import cloud.thalassa.lb.crds.event.Event.OfListener;
import cloud.thalassa.lb.crds.event.Event.Usage;
import cloud.thalassa.lb.dataplane.meter.Relayed;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The last minutes, each with what went through it. Bounded. */
public final class Minutes {
  static final int KEPT = 60;

  /** Of listeners, over all minutes: some 2 MB. */
  static final int MOST = 20_000;

  private final Deque<Usage> kept = new ArrayDeque<>();
  private Map<ListenerKey, Relayed> before = Map.of();
  private long last;
  private int entries;

  /**
   * A minute is over.
   *
   * @param now what went through the listeners that there are, since each began
   * @param departed what went through those that ended in this minute
   */
  public synchronized void close(
      long minute, Map<ListenerKey, Relayed> now, Map<ListenerKey, Relayed> departed) {
    last = Math.max(last + 1, minute);
    var keys = new HashSet<>(now.keySet());
    keys.addAll(departed.keySet());
    var next = new HashMap<ListenerKey, Relayed>();
    var lines = new HashMap<ListenerKey, OfListener>();
    for (var key : keys) {
      var known = before.getOrDefault(key, Relayed.NOTHING);
      var gone = departed.getOrDefault(key, Relayed.NOTHING);
      var current = now.getOrDefault(key, Relayed.NOTHING);
      // one that ended and began again has begun to count anew
      var more = gone.plus(current).since(known);
      if (now.containsKey(key)) {
        next.put(key, departed.containsKey(key) ? current : known.plus(more));
      }
      if (!more.equals(Relayed.NOTHING)) {
        lines.put(key, line(key, more));
      }
    }
    before = next;
    byLoadBalancer(lines).forEach((balancer, its) -> add(new Usage(balancer, last, its)));
    forget();
  }

  /** Those after a minute, the oldest first. */
  public synchronized List<Usage> after(long minute) {
    return kept.stream().filter(usage -> usage.minute() > minute).toList();
  }

  private static Map<String, List<OfListener>> byLoadBalancer(Map<ListenerKey, OfListener> lines) {
    return lines.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().listener()))
        .collect(
            groupingBy(
                entry -> entry.getKey().loadBalancer(),
                TreeMap::new,
                mapping(Map.Entry::getValue, toList())));
  }

  private static OfListener line(ListenerKey key, Relayed more) {
    return new OfListener(
        key.listener(), more.connections(), more.bytesToTarget(), more.bytesToClient());
  }

  private void add(Usage usage) {
    kept.addLast(usage);
    entries += usage.listeners().size();
  }

  private void forget() {
    while (!kept.isEmpty() && (kept.getFirst().minute() <= last - KEPT || entries > MOST)) {
      entries -= kept.removeFirst().listeners().size();
    }
  }
}
