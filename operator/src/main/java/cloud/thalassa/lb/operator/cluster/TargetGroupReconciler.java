package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Site;
import cloud.thalassa.lb.operator.observe.Cluster;
import cloud.thalassa.lb.operator.status.TargetGroupStatuses;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.util.List;

/** Tells a target group how its targets are. What they mean to others is decided elsewhere. */
@ControllerConfiguration(name = "targetgroup", rateLimiter = Pace.class)
@GradualRetry(maxAttempts = -1, initialInterval = 200, intervalMultiplier = 2, maxInterval = 10_000)
class TargetGroupReconciler implements Reconciler<TargetGroup> {
  private final Cluster cluster;
  private final StatusWriter statuses;
  private final Turns turns;

  TargetGroupReconciler(Cluster cluster, StatusWriter statuses, Turns turns) {
    this.cluster = cluster;
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

  @Override
  public ErrorStatusUpdateControl<TargetGroup> updateErrorStatus(
      TargetGroup group, Context<TargetGroup> context, Exception failure) {
    return Failure.say(group, failure);
  }
}
