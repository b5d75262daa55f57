package cloud.thalassa.lb.dataplane.table;

import static java.util.stream.Collectors.toMap;

import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.dataplane.select.Selector;
import cloud.thalassa.lb.dataplane.select.Target;
import cloud.thalassa.lb.dataplane.select.Weighted;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** A table as no documents can make one: a defect of ours, to see what it does to traffic. */
public final class DefectiveTable {
  private DefectiveTable() {}

  /**
   * The routes of {@code table}, whose selectors have these targets and then one that is null.
   * Round robin gives it away; least connections trips over it.
   */
  public static RoutingTable of(
      RoutingTable table, SelectionPolicy policy, InetSocketAddress... targets) {
    var members =
        Stream.concat(
                Arrays.stream(targets).map(address -> new Target(address, "test/pool")),
                Stream.of((Target) null))
            .map(target -> new Weighted(target, 1))
            .toList();
    var routes =
        table.routes().entrySet().stream()
            .collect(
                toMap(
                    Map.Entry::getKey,
                    entry -> with(entry.getValue(), Selector.of(policy, members, null))));
    return new RoutingTable(routes, table.services(), Map.of());
  }

  private static Route with(Route route, Selector selector) {
    var pool = route.split().pools().findFirst().orElseThrow();
    return new Route(
        route.key(),
        route.protocol(),
        route.addresses(),
        route.port(),
        route.endPort(),
        route.maxConnections(),
        route.idleTimeout(),
        route.proxyProtocol(),
        route.admission(),
        route.securityRules(),
        route.maxConnectionsPerSource(),
        route.newConnectionsPerSourcePerSecond(),
        route.trustedProxies(),
        Split.all(
            new Pool(
                pool.name(), selector, pool.drainTimeout(), pool.slowStart(), Map.of(), Map.of())));
  }
}
