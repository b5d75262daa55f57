package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.apply.GatewayWriter;
import cloud.thalassa.lb.operator.gateway.Route;
import cloud.thalassa.lb.operator.gateway.RouteStatuses;
import cloud.thalassa.lb.operator.observe.Cluster;
import java.time.InstantSource;

/** Tells a route what its Gateways of ours make of it. What that means to them they decide. */
final class RouteParents {
  private final Cluster cluster;
  private final GatewayWriter writer;
  private final Turns turns;
  private final InstantSource clock;

  RouteParents(Cluster cluster, GatewayWriter writer, Turns turns, InstantSource clock) {
    this.cluster = cluster;
    this.writer = writer;
    this.turns = turns;
    this.clock = clock;
  }

  void report(Route route) throws InterruptedException {
    turns.take(route.getMetadata().getNamespace(), () -> write(route), false);
  }

  private boolean write(Route route) {
    var parents = RouteStatuses.of(route, cluster.gateways(), clock.instant());
    boolean news = !parents.equals(RouteStatuses.before(route));
    if (news) {
      writer.status(route, parents);
    }
    return news;
  }
}
