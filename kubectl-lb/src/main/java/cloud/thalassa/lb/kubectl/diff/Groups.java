package cloud.thalassa.lb.kubectl.diff;

import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.ForwardingConfigSpec.Pool;
import cloud.thalassa.lb.kubectl.diff.Differences.Action;
import cloud.thalassa.lb.kubectl.diff.Differences.Group;
import cloud.thalassa.lb.kubectl.view.Members;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The target groups of one load balancer, before and after. */
final class Groups {
  private static final Set<String> NAME = Set.of("name");

  private final List<EndpointSlice> before;
  private final List<EndpointSlice> after;

  private Groups(List<EndpointSlice> before, List<EndpointSlice> after) {
    this.before = before;
    this.after = after;
  }

  static List<Group> between(
      ForwardingConfigSpec before,
      List<EndpointSlice> slicesBefore,
      ForwardingConfigSpec after,
      List<EndpointSlice> slicesAfter) {
    var groups = new Groups(slicesBefore, slicesAfter);
    var was = byName(before);
    var is = byName(after);
    var names = new TreeSet<>(was.keySet());
    names.addAll(is.keySet());
    var changes = new ArrayList<Group>();
    for (var name : names) {
      var change = groups.change(name, was.get(name), is.get(name));
      if (change != null) {
        changes.add(change);
      }
    }
    return changes;
  }

  private static Map<String, Pool> byName(ForwardingConfigSpec config) {
    var pools = new TreeMap<String, Pool>();
    config.pools().forEach(it -> pools.put(it.name(), it));
    return pools;
  }

  private @Nullable Group change(String name, @Nullable Pool was, @Nullable Pool is) {
    var members = new TreeSet<>(Members.of(name, before));
    var others = new TreeSet<>(Members.of(name, after));
    var joins = new TreeSet<>(others);
    joins.removeAll(members);
    var leaves = new TreeSet<>(members);
    leaves.removeAll(others);
    var fields = was == null || is == null ? List.<String>of() : Fields.between(was, is, NAME);
    var action = was == null ? Action.ADDED : is == null ? Action.REMOVED : Action.CHANGED;
    if (action == Action.CHANGED && fields.isEmpty() && joins.isEmpty() && leaves.isEmpty()) {
      return null;
    }
    return new Group(name, action, fields, List.copyOf(joins), List.copyOf(leaves));
  }
}
