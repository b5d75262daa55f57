package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.observe.Cluster;
import cloud.thalassa.lb.operator.observe.SlimObjects;
import cloud.thalassa.lb.operator.status.SecurityGroupStatuses;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** Tells a security group what is to be said of its rules, and who attaches it. */
@ControllerConfiguration(
    name = "securitygroup",
    informer = @Informer(itemStore = SlimObjects.class),
    rateLimiter = Pace.class)
class SecurityGroupReconciler implements Reconciler<SecurityGroup> {
  private final Cluster cluster;
  private final StatusWriter statuses;
  private final Turns turns;

  SecurityGroupReconciler(Cluster cluster, StatusWriter statuses, Turns turns) {
    this.cluster = cluster;
    this.statuses = statuses;
    this.turns = turns;
  }

  @Override
  public List<EventSource<?, SecurityGroup>> prepareEventSources(
      EventSourceContext<SecurityGroup> context) {
    return List.of(new DueSource<>(cluster.due().securityGroups()));
  }

  @Override
  public UpdateControl<SecurityGroup> reconcile(SecurityGroup group, Context<SecurityGroup> context)
      throws InterruptedException {
    return turns.take(
        group.getMetadata().getNamespace(), () -> reconcile(group), UpdateControl.noUpdate());
  }

  private UpdateControl<SecurityGroup> reconcile(SecurityGroup group) {
    var users = cluster.inventory().loadBalancersAttaching(Ref.of(group));
    statuses.write(group, (previous, now) -> SecurityGroupStatuses.of(group, users, previous, now));
    return UpdateControl.noUpdate();
  }

  @Override
  public ErrorStatusUpdateControl<SecurityGroup> updateErrorStatus(
      SecurityGroup group, Context<SecurityGroup> context, Exception failure) {
    return Failure.say(group, failure);
  }
}
