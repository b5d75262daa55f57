package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.apply.GatewayWriter;
import cloud.thalassa.lb.operator.gateway.GatewayApi;
import cloud.thalassa.lb.operator.observe.Cluster;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.InstantSource;
import java.util.List;

/** Tells a class of ours that its Gateways are served, and what they can have. */
@ControllerConfiguration(name = "gatewayclass", rateLimiter = Pace.class)
class GatewayClassReconciler implements Reconciler<GatewayClass>, OfGatewayApi {
  private final Cluster cluster;
  private final GatewayWriter writer;

  GatewayClassReconciler(Cluster cluster, GatewayWriter writer) {
    this.cluster = cluster;
    this.writer = writer;
  }

  @Override
  public List<EventSource<?, GatewayClass>> prepareEventSources(
      EventSourceContext<GatewayClass> context) {
    return List.of(new DueSource<>(cluster.due().gatewayClasses()));
  }

  @Override
  public UpdateControl<GatewayClass> reconcile(
      GatewayClass gatewayClass, Context<GatewayClass> context) {
    if (GatewayApi.serves(gatewayClass)) {
      var status = GatewayApi.status(gatewayClass, InstantSource.system().instant());
      if (!status.equals(gatewayClass.getStatus())) {
        writer.status(gatewayClass, status);
      }
    }
    return UpdateControl.noUpdate();
  }

  @Override
  public ErrorStatusUpdateControl<GatewayClass> updateErrorStatus(
      GatewayClass gatewayClass, Context<GatewayClass> context, Exception failure) {
    return Failure.say(gatewayClass, failure);
  }
}
