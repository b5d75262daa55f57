package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.front.Owner;
import cloud.thalassa.lb.operator.observe.Cluster;
import cloud.thalassa.lb.operator.observe.SlimObjects;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;

/** Serves the Gateways of our classes, and lets go of those that have another one now. */
@ControllerConfiguration(
    name = "gateway",
    informer = @Informer(itemStore = SlimObjects.class),
    rateLimiter = Pace.class,
    generationAwareEventProcessing = false) // annotations are not in it
class GatewayReconciler implements Reconciler<Gateway>, OfGatewayApi {
  /** For what has no event: a quota that has room again. */
  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  private final Cluster cluster;
  private final GatewayObjects objects;
  private final Turns turns;

  GatewayReconciler(Cluster cluster, GatewayObjects objects, Turns turns) {
    this.cluster = cluster;
    this.objects = objects;
    this.turns = turns;
  }

  @Override
  public List<EventSource<?, Gateway>> prepareEventSources(EventSourceContext<Gateway> context) {
    return List.of(new DueSource<>(cluster.due().gateways()));
  }

  @Override
  public UpdateControl<Gateway> reconcile(Gateway gateway, Context<Gateway> context)
      throws InterruptedException {
    return gateway.isMarkedForDeletion()
        ? UpdateControl.noUpdate() // what is made for it is owned by it
        : turns.take(
            gateway.getMetadata().getNamespace(),
            () -> reconcile(gateway),
            UpdateControl.noUpdate());
  }

  private UpdateControl<Gateway> reconcile(Gateway gateway) {
    var done = UpdateControl.<Gateway>noUpdate();
    return settled(gateway) ? done : done.rescheduleAfter(ASK_AGAIN);
  }

  /** Whose class does not exist stays as it is: nobody says that it is to be served by others. */
  private boolean settled(Gateway gateway) {
    var ours = cluster.gateways().serves(gateway);
    if (ours == null) {
      return true;
    }
    if (ours) {
      return objects.serve(gateway);
    }
    return cluster.generated().of(Owner.as(gateway)).isEmpty() || objects.remove(gateway);
  }

  @Override
  public ErrorStatusUpdateControl<Gateway> updateErrorStatus(
      Gateway gateway, Context<Gateway> context, Exception failure) {
    return Failure.say(gateway, failure);
  }
}
