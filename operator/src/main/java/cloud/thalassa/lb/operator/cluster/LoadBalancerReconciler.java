package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.operator.announce.Announcer;
import cloud.thalassa.lb.operator.apply.Applier;
import cloud.thalassa.lb.operator.children.Children;
import cloud.thalassa.lb.operator.children.DataplaneTemplate;
import cloud.thalassa.lb.operator.children.Replica;
import cloud.thalassa.lb.operator.children.ReplicaSlices;
import cloud.thalassa.lb.operator.compile.Compiled;
import cloud.thalassa.lb.operator.compile.Compiler;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Site;
import cloud.thalassa.lb.operator.observe.Cluster;
import cloud.thalassa.lb.operator.status.Statuses;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what concerns one load balancer, decides what it means, and makes it so. */
@ControllerConfiguration(
    name = "loadbalancer",
    rateLimiter = Pace.class,
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 10, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 200, intervalMultiplier = 2, maxInterval = 10_000)
class LoadBalancerReconciler implements Reconciler<LoadBalancer> {
  private static final int UNPROCESSABLE = 422;

  /** The user's change wakes us at once; what else could help has no event. */
  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  private final Cluster cluster;
  private final Applier applier;
  private final StatusWriter statuses;
  private final Announcer announcer;
  private final DataplaneTemplate template;

  LoadBalancerReconciler(
      Cluster cluster,
      Applier applier,
      StatusWriter statuses,
      Announcer announcer,
      DataplaneTemplate template) {
    this.cluster = cluster;
    this.applier = applier;
    this.statuses = statuses;
    this.announcer = announcer;
    this.template = template;
  }

  @Override
  public List<EventSource<?, LoadBalancer>> prepareEventSources(
      EventSourceContext<LoadBalancer> context) {
    return List.of(new DueSource<>(cluster.due().loadBalancers()));
  }

  @Override
  public UpdateControl<LoadBalancer> reconcile(LoadBalancer lb, Context<LoadBalancer> context) {
    if (lb.isMarkedForDeletion()) {
      return UpdateControl.noUpdate(); // everything is owned by it: the garbage collector's work
    }
    var observed = cluster.inventory().observe(lb, Site.CLUSTER);
    var replicas = replicas(Ref.of(lb));
    var compiled = Compiler.compile(observed);

    var desired = desired(lb, compiled, replicas);
    var applied = desired.stream().flatMap(object -> Stream.ofNullable(apply(lb, object))).toList();
    removeSlicesBut(desired, lb);

    var fleet =
        Fleets.of(
            lb,
            find(Deployment.class, applied),
            find(Service.class, applied),
            ReplicaSlices.inRotation(replicas));
    var reports =
        replicas.stream()
            .filter(Replica::alive)
            .map(Replica::report)
            .flatMap(Stream::ofNullable)
            .toList();
    statuses.write(observed, Statuses.of(observed, compiled, fleet, reports));
    var done = UpdateControl.<LoadBalancer>noUpdate();
    return applied.size() < desired.size() ? done.rescheduleAfter(ASK_AGAIN) : done;
  }

  @Override
  public ErrorStatusUpdateControl<LoadBalancer> updateErrorStatus(
      LoadBalancer lb, Context<LoadBalancer> context, Exception failure) {
    return Failure.say(lb, failure);
  }

  /** Members before the config that names them, and both before the pods, which take longer. */
  private List<HasMetadata> desired(LoadBalancer lb, Compiled compiled, List<Replica> replicas) {
    var config = compiled.config().getSpec();
    var desired = new ArrayList<HasMetadata>(compiled.slices());
    desired.add(compiled.config());
    desired.addAll(ReplicaSlices.of(lb, config, replicas));
    desired.addAll(Children.of(lb, config, template));
    return desired;
  }

  /**
   * Returns the object as it is now. An object that the API server finds invalid (an address,
   * usually) keeps no other from being written; null then.
   */
  private @Nullable HasMetadata apply(LoadBalancer lb, HasMetadata object) {
    try {
      return applier.apply(lb, object, cluster.current(object));
    } catch (KubernetesClientException e) {
      if (e.getCode() != UNPROCESSABLE) {
        throw e;
      }
      var reason = object instanceof Service ? "AddressNotAvailable" : "ChildRefused";
      var words = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
      announcer.refused(lb, reason, Objects.requireNonNullElse(words, reason));
      return null;
    }
  }

  private void removeSlicesBut(List<HasMetadata> desired, LoadBalancer lb) {
    var wanted =
        desired.stream()
            .filter(EndpointSlice.class::isInstance)
            .map(Ref::of)
            .collect(Collectors.toSet());
    cluster.slicesOf(lb).stream()
        .filter(slice -> !wanted.contains(Ref.of(slice)))
        .forEach(applier::delete);
  }

  private static <T> @Nullable T find(Class<T> kind, List<HasMetadata> objects) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElse(null);
  }

  private List<Replica> replicas(Ref lb) {
    var reports =
        cluster.inventory().dataplaneReportsOf(lb).stream()
            .collect(Collectors.toMap(report -> report.getMetadata().getName(), r -> r));
    return cluster.inventory().replicasOf(lb).stream()
        .map(pod -> new Replica(pod, reports.get(pod.name())))
        .toList();
  }
}
