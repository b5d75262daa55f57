package cloud.thalassa.lb.dataplane.listen;

import cloud.thalassa.lb.dataplane.table.ListenerKey;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import java.util.Map;

/** How the listeners of a table are served: a state for each of its routes. */
public record Served(RoutingTable table, Map<ListenerKey, ListenerState> states) {
  public Served {
    states = Map.copyOf(states);
  }
}
