package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.DataplaneReport;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.operator.apply.Applier;
import cloud.thalassa.lb.operator.children.Replica;
import cloud.thalassa.lb.operator.children.ReplicaSlices;
import cloud.thalassa.lb.operator.children.Rotation;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.observe.Cluster;
import cloud.thalassa.lb.operator.status.News;
import cloud.thalassa.lb.operator.trace.Round;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The replicas of a load balancer as they are now.
 *
 * @param rotation those that are to get new connections
 * @param lookAgain when time alone may change this; null: never
 * @param untold that somebody died and was taken out by an understudy; null: nobody was
 */
record Roster(
    List<Replica> replicas,
    List<Replica> rotation,
    @Nullable Duration lookAgain,
    News.@Nullable Failover untold) {

  /**
   * @param revision of the newest configuration
   */
  static Roster of(Cluster cluster, Applier applier, LoadBalancer lb, String revision) {
    var ref = Ref.of(lb);
    var inventory = cluster.inventory();
    var slices = cluster.slicesOf(lb).stream().map(applier::newest).toList();
    var entered = ReplicaSlices.pods(slices);
    var reports =
        inventory.dataplaneReportsOf(ref).stream()
            .collect(Collectors.toMap(report -> report.getMetadata().getName(), r -> r));
    var replicas = new ArrayList<Replica>();
    var delays = new ArrayList<Duration>();
    for (var pod : inventory.replicasOf(ref)) {
      var in = entered.contains(pod.name());
      var verdict = inventory.testimonyAbout(new Ref(pod.namespace(), pod.name())).verdict(in);
      replicas.add(new Replica(pod, reports.get(pod.name()), in, verdict.failure()));
      Stream.ofNullable(verdict.lookAgain()).forEach(delays::add);
    }
    return new Roster(
        List.copyOf(replicas),
        Rotation.of(replicas, revision),
        delays.stream().min(Comparator.naturalOrder()).orElse(null),
        FailoverNote.on(slices));
  }

  /** Who serves what, for the trace of it. */
  void tell(Round round) {
    for (var replica : rotation) {
      var report = replica.report();
      if (report != null) {
        var spec = report.getSpec();
        round.serves(replica.pod().name(), spec.revision(), spec.servingSince());
      }
    }
  }

  /** Of those that are to stay. */
  List<DataplaneReport> reports() {
    return replicas.stream()
        .filter(Replica::alive)
        .map(Replica::report)
        .flatMap(Stream::ofNullable)
        .toList();
  }

  /** Whether every replica that gets new connections serves this revision, and there are some. */
  boolean serves(String revision) {
    return !rotation.isEmpty()
        && rotation.stream().allMatch(replica -> revision.equals(replica.revision()));
  }

  /** Those that died and leave now. */
  List<Replica> lost() {
    return replicas.stream()
        .filter(replica -> replica.entered() && replica.failure() != null)
        .filter(replica -> !rotation.contains(replica))
        .toList();
  }

  /** The same as one piece of news, or else what is still to be told. */
  News.@Nullable Failover failover() {
    News.Failover first = null;
    for (var replica : lost()) {
      var failure = Objects.requireNonNull(replica.failure());
      var cause = "Replica %s is dead: %s.".formatted(replica.pod().name(), failure.reason());
      if (first == null || failure.since().isBefore(first.since())) {
        first = new News.Failover(cause, failure.since(), null);
      }
    }
    return first == null ? untold : first;
  }
}
