package cloud.thalassa.lb.dataplane.listen;

import cloud.thalassa.lb.dataplane.relay.Binding;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import cloud.thalassa.lb.dataplane.table.Route;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is to be done so that exactly the listeners of a table listen.
 *
 * @param keep in service, and still wanted
 * @param bind wanted, and not in service
 * @param release in service, and not wanted any more
 * @param refused wanted, but another listener has the address: the reason as a sentence
 */
record ListenPlan(
    Set<Binding> keep, List<Binding> bind, Set<Binding> release, Map<Binding, String> refused) {
  private static final Comparator<Binding> BY_NAME =
      Comparator.comparing((Binding binding) -> binding.listener().loadBalancer())
          .thenComparing(binding -> binding.listener().listener());

  /** Who has an address keeps it; among newcomers the first by name gets it. */
  static ListenPlan of(RoutingTable table, Set<Binding> inService) {
    var wanted = table.routes().values().stream().flatMap(ListenPlan::bindings).toList();
    var keep = Set.copyOf(wanted.stream().filter(inService::contains).toList());
    var owners = new HashMap<Object, ListenerKey>();
    keep.forEach(binding -> owners.put(binding.place(), binding.listener()));
    var bind = new ArrayList<Binding>();
    var refused = new HashMap<Binding, String>();
    wanted.stream()
        .filter(binding -> !keep.contains(binding))
        .sorted(BY_NAME)
        .forEach(
            binding -> {
              var owner = owners.putIfAbsent(binding.place(), binding.listener());
              if (owner == null) {
                bind.add(binding);
              } else {
                refused.put(binding, taken(binding, owner));
              }
            });
    var release =
        Set.copyOf(inService.stream().filter(binding -> !keep.contains(binding)).toList());
    return new ListenPlan(keep, List.copyOf(bind), release, Map.copyOf(refused));
  }

  private static Stream<Binding> bindings(Route route) {
    return route.bind().stream()
        .map(address -> new Binding(route.key(), route.protocol(), address));
  }

  private static String taken(Binding binding, ListenerKey owner) {
    return "%s is served by listener %s of load balancer %s in the same process; choose another port or address"
        .formatted(binding.place(), owner.listener(), owner.loadBalancer());
  }
}
