package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.operator.apply.Applier;
import cloud.thalassa.lb.operator.children.ReplicaSlices;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.observe.Cluster;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes dead replicas out of the slices of a Service where nobody else does: the leader may be lost
 * together with them, and its Lease goes on (ADR 13). Every operator has one, whether it leads or
 * not. It adds nobody and changes nothing else, so that it needs no more than what is written.
 */
final class Understudy implements AutoCloseable {
  private static final Logger log = Logger.getLogger(Understudy.class);

  /** A lost node may have had replicas of all load balancers. */
  private static final int AT_ONCE = 16;

  private final Cluster cluster;
  private final Applier applier;
  private final InstantSource clock;

  /** One thread, which alone touches what follows. */
  private final ScheduledThreadPoolExecutor decisions =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("understudy").factory(), new DiscardPolicy());

  private final Patience patience = new Patience(System::nanoTime);
  private final Map<Ref, Runnable> planned = new HashMap<>();
  private final Set<Ref> inHand = new HashSet<>();

  private final Semaphore writes = new Semaphore(AT_ONCE);
  private @Nullable Runnable deafen;

  Understudy(Cluster cluster, Applier applier, InstantSource clock) {
    this.cluster = cluster;
    this.applier = applier;
    this.clock = clock;
    decisions.setRemoveOnCancelPolicy(true);
  }

  /** To be called before the cluster is watched: what is known from the start counts as well. */
  void start() {
    deafen = cluster.due().testimonies().listen(ref -> decisions.execute(() -> look(ref)));
  }

  @Override
  public void close() {
    if (deafen != null) {
      deafen.run();
    }
    decisions.shutdownNow();
  }

  private void look(Ref ref) {
    var before = planned.remove(ref);
    if (before != null) {
      before.run();
    }
    try {
      var next = cluster.synced() ? consider(ref) : Patience.GRACE;
      if (next != null) {
        var look = decisions.schedule(() -> look(ref), next.toNanos(), TimeUnit.NANOSECONDS);
        planned.put(ref, () -> look.cancel(false));
      }
    } catch (RuntimeException defect) {
      log.errorf(defect, "Dead replicas of %s are left to the leader", ref);
    }
  }

  /** Returns when to look again; null: when somebody says something else. */
  private @Nullable Duration consider(Ref ref) {
    var lb = cluster.inventory().loadBalancer(ref);
    var revision = cluster.inventory().revisionOf(ref);
    if (lb == null || revision == null || inHand.contains(ref)) {
      return null;
    }
    var roster = Roster.of(cluster, applier, lb, revision);
    var cuts = cuts(lb, roster);
    if (cuts.isEmpty()) {
      patience.over(ref);
      return roster.lookAgain();
    }
    var left = patience.left(ref);
    if (left.isPositive()) {
      return Stream.of(left, roster.lookAgain())
          .filter(Objects::nonNull)
          .min(Comparator.naturalOrder())
          .orElseThrow();
    }
    inHand.add(ref);
    Thread.ofVirtual().name("understudy for " + ref).start(() -> stepIn(lb, cuts));
    return null;
  }

  private List<Cut> cuts(LoadBalancer lb, Roster roster) {
    var failover = roster.failover();
    var lost = roster.lost().stream().map(replica -> replica.pod().name()).toList();
    if (failover == null || lost.isEmpty()) {
      return List.of();
    }
    var cuts = new ArrayList<Cut>();
    for (var slice : cluster.slicesOf(lb)) {
      var seen = applier.newest(slice);
      var less = ReplicaSlices.without(seen, lost);
      if (less != null) {
        FailoverNote.leave(less, failover, clock.instant());
        cuts.add(new Cut(seen, less, failover.cause()));
      }
    }
    return cuts;
  }

  private void stepIn(LoadBalancer lb, List<Cut> cuts) {
    RuntimeException failure = null;
    writes.acquireUninterruptibly();
    try {
      for (var cut : cuts) {
        applier.amend(lb, cut.less, cut.seen);
        log.infof("Nobody else did it, so we took it out of %s: %s", Ref.of(cut.less), cut.cause);
      }
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      writes.release();
    }
    var outcome = failure;
    decisions.execute(() -> stepped(Ref.of(lb), outcome));
  }

  private void stepped(Ref ref, @Nullable RuntimeException failure) {
    inHand.remove(ref);
    if (failure == null) {
      patience.over(ref);
    } else if (patience.failed(ref)) {
      log.debugf(failure, "Dead replicas of %s could not be taken out, trying again", ref);
    } else {
      log.warnf("Dead replicas of %s are left to the leader: %s", ref, failure);
      return;
    }
    look(ref); // also at what was said meanwhile
  }

  /** What becomes of a slice. */
  private record Cut(EndpointSlice seen, EndpointSlice less, String cause) {}
}
