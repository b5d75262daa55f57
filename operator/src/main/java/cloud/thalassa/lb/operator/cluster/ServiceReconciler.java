package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.OperatorConfig;
import cloud.thalassa.lb.operator.apply.ServiceWriter;
import cloud.thalassa.lb.operator.front.Owner;
import cloud.thalassa.lb.operator.observe.Cluster;
import cloud.thalassa.lb.operator.observe.SlimServices;
import cloud.thalassa.lb.operator.service.Claim;
import io.fabric8.kubernetes.api.model.Service;
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

/**
 * Serves the Services that ask us for a load balancer, and lets go of those that do so no longer.
 */
@ControllerConfiguration(
    name = "service",
    informer = @Informer(itemStore = SlimServices.class, informerListLimit = 500),
    rateLimiter = Pace.class,
    generationAwareEventProcessing = false, // annotations are not in it
    triggerReconcilerOnAllEvents = true) // else the framework passes over those that are to go
class ServiceReconciler implements Reconciler<Service> {
  /** For what has no event: a quota that has room again, protection that is taken off. */
  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  private final Cluster cluster;
  private final ServiceObjects objects;
  private final ServiceWriter writer;
  private final Turns turns;
  private final boolean withoutClass;

  ServiceReconciler(
      Cluster cluster,
      ServiceObjects objects,
      ServiceWriter writer,
      Turns turns,
      OperatorConfig config) {
    this.cluster = cluster;
    this.objects = objects;
    this.writer = writer;
    this.turns = turns;
    this.withoutClass = config.services().withoutClass();
  }

  @Override
  public List<EventSource<?, Service>> prepareEventSources(EventSourceContext<Service> context) {
    return List.of(new DueSource<>(cluster.due().services()));
  }

  @Override
  public UpdateControl<Service> reconcile(Service service, Context<Service> context)
      throws InterruptedException {
    return !context.isPrimaryResourceDeleted() && concerns(service)
        ? turns.take(
            service.getMetadata().getNamespace(),
            () -> reconcile(service),
            UpdateControl.noUpdate())
        : UpdateControl.noUpdate();
  }

  /** Most Services of a cluster are none of our business. */
  private boolean concerns(Service service) {
    return Claim.on(service, withoutClass)
        || ServiceWriter.holds(service)
        || !cluster.generated().of(Owner.as(service)).isEmpty();
  }

  private UpdateControl<Service> reconcile(Service service) {
    boolean ours = Claim.on(service, withoutClass) && !service.isMarkedForDeletion();
    boolean settled = ours ? serve(service) : release(service);
    var done = UpdateControl.<Service>noUpdate();
    return settled ? done : done.rescheduleAfter(ASK_AGAIN);
  }

  private boolean serve(Service service) {
    return writer.hold(service) || objects.serve(service); // its change makes it due
  }

  private boolean release(Service service) {
    if (!objects.remove(service)) {
      return false; // their end makes it due
    }
    if (ServiceWriter.holds(service)) {
      writer.release(objects.forget(service));
    }
    return true;
  }

  @Override
  public ErrorStatusUpdateControl<Service> updateErrorStatus(
      Service service, Context<Service> context, Exception failure) {
    return Failure.say(service, failure);
  }
}
