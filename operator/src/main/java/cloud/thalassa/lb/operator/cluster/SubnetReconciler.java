package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.operator.allocate.Allocation;
import cloud.thalassa.lb.operator.allocate.Allocation.Outcome;
import cloud.thalassa.lb.operator.allocate.Candidate;
import cloud.thalassa.lb.operator.allocate.SubnetRules;
import cloud.thalassa.lb.operator.allocate.SubnetUse;
import cloud.thalassa.lb.operator.compile.Site;
import cloud.thalassa.lb.operator.observe.Cluster;
import cloud.thalassa.lb.operator.observe.SlimObjects;
import cloud.thalassa.lb.operator.status.SubnetStatuses;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Gives the addresses of a Subnet to those that lack one, all of them in one round. */
@ControllerConfiguration(
    name = "subnet",
    informer = @Informer(itemStore = SlimObjects.class),
    rateLimiter = Pace.class)
class SubnetReconciler implements Reconciler<Subnet> {
  private static final Duration SOON = Duration.ofMillis(100);

  private final Cluster cluster;
  private final ClaimBook book;
  private final Waiting waiting;
  private final StatusWriter statuses;

  SubnetReconciler(Cluster cluster, ClaimBook book, Waiting waiting, StatusWriter statuses) {
    this.cluster = cluster;
    this.book = book;
    this.waiting = waiting;
    this.statuses = statuses;
  }

  @Override
  public List<EventSource<?, Subnet>> prepareEventSources(EventSourceContext<Subnet> context) {
    return List.of(new DueSource<>(cluster.due().subnets()));
  }

  @Override
  public UpdateControl<Subnet> reconcile(Subnet subnet, Context<Subnet> context) {
    var name = subnet.getMetadata().getName();
    var all = others(subnet);
    var on = cluster.addresses().on(subnet);
    var pooled = !subnet.getSpec().addressPools().isEmpty();
    var outcome = pooled ? round(subnet, all, on) : new Outcome(List.of(), List.of(), Map.of());
    var settled = book.write(outcome);
    waiting.replace(name, outcome.refused()).forEach(cluster.due().loadBalancers()::due);

    var use = SubnetUse.of(subnet, book.claims(), on.size(), outcome.refused().size());
    var verdict = SubnetRules.judge(subnet, all, Site.CLUSTER);
    statuses.write(
        subnet, (previous, now) -> SubnetStatuses.of(subnet, verdict, use, previous, now));
    var done = UpdateControl.<Subnet>noUpdate();
    return settled ? done : done.rescheduleAfter(SOON);
  }

  @Override
  public ErrorStatusUpdateControl<Subnet> updateErrorStatus(
      Subnet subnet, Context<Subnet> context, Exception failure) {
    return Failure.say(subnet, failure);
  }

  private Outcome round(Subnet subnet, Collection<Subnet> all, Collection<LoadBalancer> on) {
    var candidates =
        on.stream()
            .filter(lb -> cluster.addresses().place(lb).problem() == null)
            .map(
                lb -> new Candidate(lb, book.claimsOf(lb), cluster.addresses().namespaceLabels(lb)))
            .toList();
    var verdict = SubnetRules.judgePools(subnet, all, Site.CLUSTER);
    return Allocation.of(subnet, verdict, candidates, book::claimOn);
  }

  /** With this one as it is now, which the cache may show only later. */
  private List<Subnet> others(Subnet subnet) {
    var name = subnet.getMetadata().getName();
    var all = new ArrayList<>(cluster.addresses().subnets());
    all.removeIf(other -> other.getMetadata().getName().equals(name));
    all.add(subnet);
    return all;
  }
}
