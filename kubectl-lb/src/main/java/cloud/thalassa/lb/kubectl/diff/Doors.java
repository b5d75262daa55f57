package cloud.thalassa.lb.kubectl.diff;

import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.ForwardingConfigSpec.Entry;
import cloud.thalassa.lb.crds.ForwardingConfigSpec.Pool;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import cloud.thalassa.lb.kubectl.diff.Differences.Action;
import cloud.thalassa.lb.kubectl.diff.Differences.Door;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The listeners of one load balancer, before and after. */
final class Doors {
  private static final Set<String> PLACE = Set.of("name", "protocol", "port", "endPort");

  private final String loadBalancer;
  private final ForwardingConfigSpec before;
  private final RoutingTable tableBefore;
  private final RoutingTable tableAfter;

  private Doors(
      String loadBalancer,
      ForwardingConfigSpec before,
      RoutingTable tableBefore,
      RoutingTable tableAfter) {
    this.loadBalancer = loadBalancer;
    this.before = before;
    this.tableBefore = tableBefore;
    this.tableAfter = tableAfter;
  }

  static List<Door> between(
      String loadBalancer,
      ForwardingConfigSpec before,
      RoutingTable tableBefore,
      ForwardingConfigSpec after,
      RoutingTable tableAfter) {
    var doors = new Doors(loadBalancer, before, tableBefore, tableAfter);
    var was = byName(before);
    var is = byName(after);
    var names = new TreeSet<>(was.keySet());
    names.addAll(is.keySet());
    var changes = new ArrayList<Door>();
    for (var name : names) {
      var change = doors.change(was.get(name), is.get(name));
      if (change != null) {
        changes.add(change);
      }
    }
    return changes;
  }

  private static Map<String, Entry> byName(ForwardingConfigSpec config) {
    var entries = new TreeMap<String, Entry>();
    config.listeners().forEach(it -> entries.put(it.name(), it));
    return entries;
  }

  private @Nullable Door change(@Nullable Entry was, @Nullable Entry is) {
    if (was == null) {
      return is == null ? null : plain(is, Action.BOUND, null);
    }
    return is == null ? plain(was, Action.DRAINED, drainSeconds(was)) : both(was, is);
  }

  private static Door plain(Entry entry, Action action, @Nullable Integer drainSeconds) {
    return new Door(
        entry.name(),
        action,
        ports(entry),
        null,
        drainSeconds,
        List.of(),
        List.of(),
        List.of(),
        null,
        null);
  }

  private @Nullable Door both(Entry was, Entry is) {
    boolean moves = !ports(was).equals(ports(is));
    var key = new ListenerKey(loadBalancer, was.name());
    var routeBefore = tableBefore.routes().get(key);
    var routeAfter = tableAfter.routes().get(key);
    var access =
        routeBefore == null || routeAfter == null ? null : new Access(routeBefore, routeAfter);
    var fields = Fields.between(was, is, PLACE);
    var lost = access == null ? List.<String>of() : access.lost();
    var gained = access == null ? List.<String>of() : access.gained();
    var percent = access == null ? null : access.movedPercent();
    boolean nobodyMoves = percent == null || percent == 0;
    if (!moves && fields.isEmpty() && lost.isEmpty() && gained.isEmpty() && nobodyMoves) {
      return null;
    }
    return new Door(
        was.name(),
        moves ? Action.MOVED : Action.CHANGED,
        ports(is),
        moves ? ports(was) : null,
        moves ? drainSeconds(was) : null,
        fields,
        lost,
        gained,
        access == null ? null : access.but(),
        percent);
  }

  /** The longest of its target groups. */
  private int drainSeconds(Entry entry) {
    var names = new TreeSet<String>();
    entry.shares().forEach(share -> add(names, share.pool()));
    add(names, entry.pool());
    return before.pools().stream()
        .filter(pool -> names.contains(pool.name()))
        .mapToInt(Pool::drainTimeoutSeconds)
        .max()
        .orElse(0);
  }

  private static void add(Set<String> names, @Nullable String name) {
    if (name != null) {
      names.add(name);
    }
  }

  private static String ports(Entry entry) {
    return entry.port()
        + (entry.port() == entry.lastPort() ? "" : "-" + entry.lastPort())
        + "/"
        + entry.protocol();
  }
}
