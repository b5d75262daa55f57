package cloud.thalassa.lb.dataplane.report;

import cloud.thalassa.lb.crds.DataplaneReportSpec;
import cloud.thalassa.lb.crds.DataplaneReportSpec.ListenerReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec.Phase;
import cloud.thalassa.lb.dataplane.listen.ListenerState;
import cloud.thalassa.lb.dataplane.listen.Served;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What is to be reported, as a function of what is in service. */
public final class Composition {
  private static final String NOT_YET = "not bound yet";

  private Composition() {}

  /**
   * By load balancer.
   *
   * @param cuts connections of a load balancer that changes cut since its newest revision
   */
  public static Map<String, DataplaneReportSpec> of(
      Served served, Phase phase, ToLongFunction<String> cuts) {
    var reports = new HashMap<String, DataplaneReportSpec>();
    served
        .table()
        .services()
        .forEach(
            (loadBalancer, service) ->
                reports.put(
                    loadBalancer,
                    new DataplaneReportSpec(
                        service.revision(),
                        phase,
                        service.problem(),
                        cuts.applyAsLong(loadBalancer),
                        null,
                        listeners(loadBalancer, service, served.states()))));
    return reports;
  }

  private static List<ListenerReport> listeners(
      String loadBalancer, RoutingTable.Service service, Map<ListenerKey, ListenerState> states) {
    var refused =
        service.refused().entrySet().stream()
            .map(entry -> new ListenerReport(entry.getKey(), 0, entry.getValue()));
    var made =
        states.entrySet().stream()
            .filter(entry -> entry.getKey().loadBalancer().equals(loadBalancer))
            .map(entry -> listener(entry.getKey().listener(), entry.getValue()));
    return Stream.concat(refused, made).sorted(Comparator.comparing(ListenerReport::name)).toList();
  }

  private static ListenerReport listener(String name, ListenerState state) {
    var problem = state.bound() || state.problem() != null ? state.problem() : NOT_YET;
    return new ListenerReport(name, state.activeConnections(), problem);
  }

  /** Whether every listener is bound, or cannot be. */
  static boolean settled(DataplaneReportSpec spec) {
    return spec.problem() == null
        && spec.listeners().stream().noneMatch(listener -> NOT_YET.equals(listener.problem()));
  }

  /** Everything but the counts of connections, which change all the time. */
  static DataplaneReportSpec withoutCounts(DataplaneReportSpec spec) {
    return new DataplaneReportSpec(
        spec.revision(),
        spec.phase(),
        spec.problem(),
        0,
        spec.servingSince(),
        spec.listeners().stream().map(l -> new ListenerReport(l.name(), 0, l.problem())).toList());
  }
}
