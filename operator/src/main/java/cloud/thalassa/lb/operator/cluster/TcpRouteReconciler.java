package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.gateway.TcpRoute;
import cloud.thalassa.lb.operator.observe.Cluster;
import cloud.thalassa.lb.operator.observe.SlimObjects;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** Keeps the status of TCPRoutes. */
@ControllerConfiguration(
    name = "tcproute",
    informer = @Informer(itemStore = SlimObjects.class),
    rateLimiter = Pace.class)
class TcpRouteReconciler implements Reconciler<TcpRoute>, OfGatewayApi {
  private final Cluster cluster;
  private final RouteParents parents;

  TcpRouteReconciler(Cluster cluster, RouteParents parents) {
    this.cluster = cluster;
    this.parents = parents;
  }

  @Override
  public List<EventSource<?, TcpRoute>> prepareEventSources(EventSourceContext<TcpRoute> context) {
    return List.of(new DueSource<>(cluster.due().tcpRoutes()));
  }

  @Override
  public UpdateControl<TcpRoute> reconcile(TcpRoute route, Context<TcpRoute> context)
      throws InterruptedException {
    parents.report(route);
    return UpdateControl.noUpdate();
  }

  @Override
  public ErrorStatusUpdateControl<TcpRoute> updateErrorStatus(
      TcpRoute route, Context<TcpRoute> context, Exception failure) {
    return Failure.say(route, failure);
  }
}
