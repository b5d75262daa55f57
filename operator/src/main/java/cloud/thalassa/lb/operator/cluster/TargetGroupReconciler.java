package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.apply.Applier;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Site;
import cloud.thalassa.lb.operator.gateway.BackendGroup;
import cloud.thalassa.lb.operator.gateway.Permissions;
import cloud.thalassa.lb.operator.observe.Cluster;
import cloud.thalassa.lb.operator.observe.SlimObjects;
import cloud.thalassa.lb.operator.status.TargetGroupStatuses;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/**
 * Tells a target group how its targets are; one that was made for routes goes with the last of
 * them. What its targets mean to others is decided elsewhere.
 */
@ControllerConfiguration(
    name = "targetgroup",
    informer = @Informer(itemStore = SlimObjects.class),
    rateLimiter = Pace.class)
class TargetGroupReconciler implements Reconciler<TargetGroup> {
  private final Cluster cluster;
  private final Applier applier;
  private final StatusWriter statuses;
  private final Turns turns;

  TargetGroupReconciler(Cluster cluster, Applier applier, StatusWriter statuses, Turns turns) {
    this.cluster = cluster;
    this.applier = applier;
    this.statuses = statuses;
    this.turns = turns;
  }

  @Override
  public List<EventSource<?, TargetGroup>> prepareEventSources(
      EventSourceContext<TargetGroup> context) {
    return List.of(new DueSource<>(cluster.due().targetGroups()));
  }

  @Override
  public UpdateControl<TargetGroup> reconcile(TargetGroup group, Context<TargetGroup> context)
      throws InterruptedException {
    return turns.take(
        group.getMetadata().getNamespace(), () -> reconcile(group), UpdateControl.noUpdate());
  }

  private UpdateControl<TargetGroup> reconcile(TargetGroup group) {
    var inventory = cluster.inventory();
    var ref = Ref.of(group);
    if (isLeftOver(group)) {
      applier.delete(group);
      return UpdateControl.noUpdate();
    }
    var pods = inventory.podsOf(group);
    var offLimits = inventory.offLimits(ref, Site.CLUSTER);
    var used = inventory.isUsed(ref);
    var reports = inventory.healthReportsOf(ref);
    statuses.write(
        group,
        (previous, now) ->
            TargetGroupStatuses.of(group, pods, offLimits, used, reports, previous, now));
    return UpdateControl.noUpdate();
  }

  /** Made for a Service to which no route of a Gateway leads any more. */
  private boolean isLeftOver(TargetGroup group) {
    var ref = Ref.of(group);
    return BackendGroup.isOne(group)
        && cluster.inventory().listenersUsing(ref).isEmpty()
        && !Permissions.wanted(ref, cluster.gateways());
  }

  @Override
  public ErrorStatusUpdateControl<TargetGroup> updateErrorStatus(
      TargetGroup group, Context<TargetGroup> context, Exception failure) {
    return Failure.say(group, failure);
  }
}
