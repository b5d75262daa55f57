package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.gateway.UdpRoute;
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

/** Keeps the status of UDPRoutes. */
@ControllerConfiguration(
    name = "udproute",
    informer = @Informer(itemStore = SlimObjects.class),
    rateLimiter = Pace.class)
class UdpRouteReconciler implements Reconciler<UdpRoute>, OfGatewayApi {
  private final Cluster cluster;
  private final RouteParents parents;

  UdpRouteReconciler(Cluster cluster, RouteParents parents) {
    this.cluster = cluster;
    this.parents = parents;
  }

  @Override
  public List<EventSource<?, UdpRoute>> prepareEventSources(EventSourceContext<UdpRoute> context) {
    return List.of(new DueSource<>(cluster.due().udpRoutes()));
  }

  @Override
  public UpdateControl<UdpRoute> reconcile(UdpRoute route, Context<UdpRoute> context)
      throws InterruptedException {
    parents.report(route);
    return UpdateControl.noUpdate();
  }

  @Override
  public ErrorStatusUpdateControl<UdpRoute> updateErrorStatus(
      UdpRoute route, Context<UdpRoute> context, Exception failure) {
    return Failure.say(route, failure);
  }
}
