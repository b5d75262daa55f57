package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.operator.observe.Cluster;
import cloud.thalassa.lb.operator.observe.Inventory;
import cloud.thalassa.lb.operator.observe.SlimObjects;
import cloud.thalassa.lb.operator.status.Statuses;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** Tells a listener that its load balancer does not exist. All others belong to a load balancer. */
@ControllerConfiguration(
    name = "listener",
    informer = @Informer(itemStore = SlimObjects.class),
    rateLimiter = Pace.class)
class ListenerReconciler implements Reconciler<Listener> {
  private final Cluster cluster;
  private final StatusWriter statuses;
  private final Turns turns;

  ListenerReconciler(Cluster cluster, StatusWriter statuses, Turns turns) {
    this.cluster = cluster;
    this.statuses = statuses;
    this.turns = turns;
  }

  @Override
  public List<EventSource<?, Listener>> prepareEventSources(EventSourceContext<Listener> context) {
    return List.of(new DueSource<>(cluster.due().listeners()));
  }

  @Override
  public UpdateControl<Listener> reconcile(Listener listener, Context<Listener> context)
      throws InterruptedException {
    return orphaned(listener)
        ? turns.take(
            listener.getMetadata().getNamespace(),
            () -> reconcile(listener),
            UpdateControl.noUpdate())
        : UpdateControl.noUpdate();
  }

  private UpdateControl<Listener> reconcile(Listener listener) {
    if (orphaned(listener)) {
      var verdict = cluster.inventory().orphan(listener);
      statuses.write(
          listener, (previous, now) -> Statuses.orphan(listener, verdict, previous, now));
    }
    return UpdateControl.noUpdate();
  }

  private boolean orphaned(Listener listener) {
    return cluster.inventory().loadBalancer(Inventory.loadBalancerOf(listener)) == null;
  }

  @Override
  public ErrorStatusUpdateControl<Listener> updateErrorStatus(
      Listener listener, Context<Listener> context, Exception failure) {
    return Failure.say(listener, failure);
  }
}
