package cloud.thalassa.lb.dataplane;

import cloud.thalassa.lb.crds.DataplaneReportSpec.Phase;
import cloud.thalassa.lb.dataplane.listen.Served;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the newest table is in service with every listener.
 *
 * @param details what is not as it should be, by load balancer or listener, as sentences. A newest
 *     configuration that cannot be used is among them, but the last good one in service is ready
 */
record Readiness(boolean up, Map<String, String> details) {
  /**
   * @param expected the load balancer that must be there; null: whichever are
   * @param newest null: the documents are not known yet
   */
  static Readiness of(
      @Nullable String expected, @Nullable RoutingTable newest, Served served, Phase phase) {
    var details = new TreeMap<String, String>();
    if (phase != Phase.SERVING) {
      details.put("dataplane", "it is ending: new connections belong elsewhere");
    }
    if (newest == null) {
      details.put("documents", "not all are known yet");
      return new Readiness(false, details);
    }
    var up = phase == Phase.SERVING && newest == served.table();
    if (newest != served.table()) {
      details.put("table", "the newest is about to take effect");
    }
    if (expected != null && !newest.services().containsKey(expected)) {
      details.put(expected, "it has no ForwardingConfig");
      up = false;
    }
    for (var entry : newest.services().entrySet()) {
      var service = entry.getValue();
      if (service.problem() != null) {
        details.put(entry.getKey(), service.problem());
      }
      up &= service.config() != null && service.refused().isEmpty();
      service
          .refused()
          .forEach((listener, why) -> details.put(entry.getKey() + " " + listener, why));
    }
    for (var entry : served.states().entrySet()) {
      var state = entry.getValue();
      if (!state.bound()) {
        var problem = state.problem();
        details.put(
            entry.getKey().loadBalancer() + " " + entry.getKey().listener(),
            problem == null ? "it is not bound yet" : problem);
        up = false;
      }
    }
    return new Readiness(up, details);
  }
}
