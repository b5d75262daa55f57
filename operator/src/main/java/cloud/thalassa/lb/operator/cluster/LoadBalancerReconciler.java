package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.operator.allocate.Placement;
import cloud.thalassa.lb.operator.announce.Announcer;
import cloud.thalassa.lb.operator.apply.Applier;
import cloud.thalassa.lb.operator.children.Children;
import cloud.thalassa.lb.operator.children.DataplaneTemplate;
import cloud.thalassa.lb.operator.children.ReplicaSlices;
import cloud.thalassa.lb.operator.children.WatchedReplicas;
import cloud.thalassa.lb.operator.compile.Compiled;
import cloud.thalassa.lb.operator.compile.Compiler;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Site;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import cloud.thalassa.lb.operator.observe.Cluster;
import cloud.thalassa.lb.operator.observe.SlimObjects;
import cloud.thalassa.lb.operator.status.News;
import cloud.thalassa.lb.operator.status.Statuses;
import cloud.thalassa.lb.operator.trace.Chronicle;
import cloud.thalassa.lb.operator.trace.Round;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what concerns one load balancer, decides what it means, and makes it so. */
@ControllerConfiguration(
    name = "loadbalancer",
    informer = @Informer(itemStore = SlimObjects.class),
    rateLimiter = Pace.class,
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 10, timeUnit = TimeUnit.MINUTES))
class LoadBalancerReconciler implements Reconciler<LoadBalancer> {
  private static final Duration SOON = Duration.ofMillis(50);

  /** The user's change wakes us at once; what else could help has no event. */
  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  private final Cluster cluster;
  private final Applier applier;
  private final StatusWriter statuses;
  private final Announcer announcer;
  private final LatelyReached reached;
  private final DataplaneTemplate template;
  private final Turns turns;
  private final Changes changes = new Changes(System::nanoTime);
  private final Addresses addresses;
  private final InHand inHand;
  private final Chronicle chronicle;

  LoadBalancerReconciler(
      Cluster cluster,
      Applier applier,
      StatusWriter statuses,
      Announcer announcer,
      LatelyReached reached,
      DataplaneTemplate template,
      Turns turns,
      Addresses addresses,
      InHand inHand,
      Chronicle chronicle) {
    this.cluster = cluster;
    this.applier = applier;
    this.statuses = statuses;
    this.announcer = announcer;
    this.reached = reached;
    this.template = template;
    this.turns = turns;
    this.addresses = addresses;
    this.inHand = inHand;
    this.chronicle = chronicle;
  }

  @Override
  public List<EventSource<?, LoadBalancer>> prepareEventSources(
      EventSourceContext<LoadBalancer> context) {
    return List.of(new DueSource<>(cluster.due().loadBalancers()));
  }

  @Override
  public UpdateControl<LoadBalancer> reconcile(LoadBalancer lb, Context<LoadBalancer> context)
      throws InterruptedException {
    return lb.isMarkedForDeletion()
        ? UpdateControl.noUpdate() // everything is owned by it: the garbage collector's work
        : turns.take(
            lb.getMetadata().getNamespace(), () -> reconcile(lb), UpdateControl.noUpdate());
  }

  private UpdateControl<LoadBalancer> reconcile(LoadBalancer lb) {
    var ref = Ref.of(lb);
    inHand.begin(ref);
    try {
      return known(lb) ? placed(lb) : UpdateControl.<LoadBalancer>noUpdate().rescheduleAfter(SOON);
    } finally {
      inHand.end(ref);
    }
  }

  private UpdateControl<LoadBalancer> placed(LoadBalancer lb) {
    var place = addresses.of(lb);
    if (place == null) {
      return UpdateControl.noUpdate(); // the round of its Subnet makes it due again
    }
    var round = chronicle.begin(Ref.of(lb));
    var observed = cluster.inventory().observe(lb, Site.CLUSTER, place.seat(lb));
    round.did("observe");
    var compiled = Compiler.compile(observed);
    round.did("compile");
    Problem excess = null; // what is written already has room
    if (isNew(compiled.config())) {
      changes.decided(Ref.of(lb), compiled.config().getSpec().revision());
      round.decided(compiled.config().getSpec().revision());
      excess = compiled.excess();
    }
    var documents = apply(lb, documents(compiled, excess == null), place, round);
    round.written("documents", true);
    var served = served(compiled, excess, documents);
    var revision = served.config().getSpec().revision();
    var roster = Roster.of(cluster, applier, lb, revision);
    roster.tell(round);

    var children = children(lb, served, roster, place);
    var applied = documents.plus(apply(lb, children, place, round));
    round.written("children", false);
    removeSlices(lb, compiled, served, children);
    addresses.giveBack(lb, place);

    var fleet =
        Fleets.of(
            lb,
            applied.find(Deployment.class),
            applied.find(Service.class),
            roster.rotation(),
            addresses.subnet(lb, place),
            place.problem() == null ? applied.addressProblem() : place.problem());
    var took = roster.serves(revision) ? changes.applied(Ref.of(lb), revision) : null;
    var news = new News(took, round.trace(revision), roster.failover());
    round.began();
    statuses.write(observed, Statuses.of(observed, served, fleet, roster.reports(), news));
    round.told(took != null);
    if (took != null) {
      changes.published(Ref.of(lb), revision);
    }
    announce(lb, applied, news);
    var done = UpdateControl.<LoadBalancer>noUpdate();
    return Stream.of(roster.lookAgain(), applied.refused().isEmpty() ? null : ASK_AGAIN)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .map(done::rescheduleAfter)
        .orElse(done);
  }

  @Override
  public ErrorStatusUpdateControl<LoadBalancer> updateErrorStatus(
      LoadBalancer lb, Context<LoadBalancer> context, Exception failure) {
    return Failure.say(lb, failure);
  }

  /** Members before the config that names them, and both before the pods, which take longer. */
  private static List<HasMetadata> documents(Compiled compiled, boolean fits) {
    var documents = new ArrayList<HasMetadata>(compiled.slices());
    if (fits) {
      documents.add(compiled.config());
    }
    return documents;
  }

  /** What the replicas are told: where that cannot be written, what they were told before. */
  private Compiled served(Compiled compiled, @Nullable Problem excess, Applied documents) {
    if (excess != null) {
      return compiled.heldBack(before(compiled.config()), excess);
    }
    var words = documents.refused().get(compiled.config().getKind());
    return words == null ? compiled : compiled.refused(before(compiled.config()), words);
  }

  private @Nullable ForwardingConfig before(ForwardingConfig config) {
    return cluster.current(config) instanceof ForwardingConfig known ? applier.newest(known) : null;
  }

  private List<HasMetadata> children(
      LoadBalancer lb, Compiled served, Roster roster, Placement place) {
    var config = served.config().getSpec();
    var children = new ArrayList<HasMetadata>();
    children.addAll(ReplicaSlices.of(lb, config, roster.rotation()));
    children.addAll(WatchedReplicas.of(lb, roster.replicas()));
    if (!place.nowhere(lb)) { // pods would serve nobody
      var reach = reached.with(Ref.of(lb), served.reach());
      children.addAll(Children.of(lb, config, reach, template, place));
    }
    return children;
  }

  /** An object that the API server refuses keeps no other from being written. */
  private Applied apply(LoadBalancer lb, List<HasMetadata> desired, Placement place, Round round) {
    var objects = new ArrayList<HasMetadata>();
    var refused = new HashMap<String, String>();
    for (var object : desired) {
      var current = cluster.current(object);
      try {
        var frozen = current != null && place.orphaned(lb) && addresses.shapes(object);
        objects.add(
            frozen ? current : write(lb, Children.after(objects, object), current, place, round));
      } catch (KubernetesClientException e) {
        var words = Refusal.words(e);
        if (words == null) {
          throw e;
        }
        refused.put(object.getKind(), words);
        Stream.ofNullable(current).forEach(objects::add);
      }
    }
    return new Applied(objects, refused);
  }

  private HasMetadata write(
      LoadBalancer lb,
      HasMetadata object,
      @Nullable HasMetadata current,
      Placement place,
      Round round) {
    var known = current == null ? null : applier.newest(current);
    round.began();
    var now = write(lb, object, current, place);
    if (known == null || !Objects.equals(version(known), version(now))) {
      round.wrote(now);
    }
    return now;
  }

  private static String version(HasMetadata object) {
    return object.getMetadata().getResourceVersion();
  }

  private HasMetadata write(
      LoadBalancer lb, HasMetadata object, @Nullable HasMetadata current, Placement place) {
    if (!(object instanceof Service service)) {
      return applier.apply(lb, object, current);
    }
    var before = addresses.replaced(service, (Service) current) ? null : current;
    return addresses.serve((Service) applier.apply(lb, service, before), place);
  }

  /** Whether our caches have it as well: what decides about its addresses looks there. */
  private boolean known(LoadBalancer lb) {
    var cached = cluster.inventory().loadBalancer(Ref.of(lb));
    return cached != null
        && Objects.equals(cached.getMetadata().getUid(), lb.getMetadata().getUid());
  }

  /** About addresses and the document the status speaks, and its change is an Event. */
  private void announce(LoadBalancer lb, Applied applied, News news) {
    var failover = news.failover();
    if (failover != null) {
      announcer.failedOver(lb, failover.cause(), failover.since());
    }
    applied
        .refused()
        .forEach(
            (kind, words) -> {
              if (!kind.equals("Service") && !kind.equals("ForwardingConfig")) {
                announcer.refused(lb, "ChildRefused", words);
              }
            });
  }

  private void removeSlices(
      LoadBalancer lb, Compiled compiled, Compiled served, List<HasMetadata> children) {
    var wanted =
        Stream.concat(compiled.slices().stream(), children.stream())
            .filter(EndpointSlice.class::isInstance)
            .map(Ref::of)
            .collect(Collectors.toSet());
    cluster.slicesOf(lb).stream()
        .filter(slice -> !wanted.contains(Ref.of(slice)))
        .filter(slice -> served.heldBack() == null || !keeps(served, compiled, slice))
        .forEach(applier::delete);
  }

  /**
   * Members of a group that is in service only because its load balancer's document is held back.
   */
  private static boolean keeps(Compiled served, Compiled compiled, EndpointSlice slice) {
    var labels = slice.getMetadata().getLabels();
    var namespace = labels.get(Api.TARGET_GROUP_NAMESPACE_LABEL);
    var name = labels.get(Api.TARGET_GROUP_LABEL);
    if (namespace == null || name == null) {
      return false;
    }
    var group = new Ref(namespace, name);
    return served.uses(group) && !compiled.uses(group);
  }

  private boolean isNew(ForwardingConfig config) {
    var before = before(config);
    return before == null || !config.getSpec().equals(before.getSpec());
  }
}
