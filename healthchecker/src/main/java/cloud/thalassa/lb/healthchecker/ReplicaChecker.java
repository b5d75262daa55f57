package cloud.thalassa.lb.healthchecker;

import cloud.thalassa.lb.crds.ReplicaReport;
import cloud.thalassa.lb.crds.ReplicaReportSpec;
import cloud.thalassa.lb.healthchecker.assign.Membership;
import cloud.thalassa.lb.healthchecker.follow.Documents;
import cloud.thalassa.lb.healthchecker.follow.Replica;
import cloud.thalassa.lb.healthchecker.judge.Pulse;
import cloud.thalassa.lb.healthchecker.judge.Pulse.Verdict;
import cloud.thalassa.lb.healthchecker.probe.Lifelines;
import cloud.thalassa.lb.healthchecker.report.ReplicaReporter;
import cloud.thalassa.lb.healthchecker.report.ReplicaReports;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Watches over the replicas of load balancers: holds a line to each that is assigned, reports those
 * that are dead, and objects when another checker finds one dead that answers here (ADR 13). All
 * state belongs to one thread; public methods may be called from any.
 */
final class ReplicaChecker {
  /** Bounds the report, which is one object. */
  private static final int MOST_REPORTED = 4000;

  private static final int UPHOLD_SECONDS = 1;

  private final ScheduledExecutorService thread;
  private final String name;
  private final Lifelines lifelines;
  private final InstantSource clock;
  private final ReplicaReporter reporter;
  private final Map<Replica, Watched> watched = new HashMap<>();
  private Set<Replica> replicas = Set.of();
  private Set<String> contested = Set.of();
  private Membership membership;
  private long upheld;
  private boolean upholding;
  private volatile Set<Replica> watching = Set.of();

  ReplicaChecker(
      ScheduledExecutorService thread,
      Executor blocking,
      String name,
      Lifelines lifelines,
      ReplicaReports store,
      InstantSource clock) {
    this.thread = thread;
    this.name = name;
    this.lifelines = lifelines;
    this.clock = clock;
    this.membership = Membership.outside(name);
    this.reporter = new ReplicaReporter(thread, blocking, store, this::findings);
  }

  void documents(Documents documents) {
    thread.execute(
        () -> {
          replicas = Replica.in(documents.slices());
          assign();
          contest(documents.replicaReports());
        });
  }

  void membership(Membership next) {
    thread.execute(
        () -> {
          membership = next;
          assign();
        });
  }

  /** Replicas watched from here. From any thread. */
  Set<Replica> watching() {
    return watching;
  }

  private void assign() {
    watched
        .values()
        .removeIf(
            one -> {
              var gone = !replicas.contains(one.replica) || !mine(one.replica);
              if (gone) {
                one.line.close();
              }
              return gone;
            });
    replicas.stream()
        .filter(replica -> !watched.containsKey(replica) && mine(replica))
        .forEach(replica -> watched.put(replica, new Watched(replica)));
    watching = Set.copyOf(watched.keySet());
    if (!membership.live().isEmpty()) {
      reporter.changed();
    }
  }

  private boolean mine(Replica replica) {
    return membership.watches(replica.name());
  }

  /** Whom others find dead is looked at at once. */
  private void contest(Collection<ReplicaReport> reports) {
    var now =
        reports.stream()
            .filter(report -> report.getSpec() != null)
            .filter(report -> !report.getMetadata().getName().equals(name))
            .flatMap(report -> report.getSpec().dead().stream())
            .map(dead -> dead.namespace() + "/" + dead.pod())
            .collect(Collectors.toUnmodifiableSet());
    for (var one : watched.values()) {
      if (!now.contains(one.replica.name())) {
        one.confirmed = false;
      } else if (!contested.contains(one.replica.name())) {
        one.line.confirm();
      }
    }
    contested = now;
    if (reports.stream().noneMatch(report -> report.getMetadata().getName().equals(name))) {
      reporter.missing();
    } else {
      reporter.changed();
    }
  }

  private ReplicaReportSpec findings() {
    var dead = new TreeMap<String, ReplicaReportSpec.Dead>();
    var alive = new TreeMap<String, ReplicaReportSpec.Alive>();
    for (var one : watched.values()) {
      var replica = one.replica;
      if (one.pulse.verdict() == Verdict.DEAD) {
        dead.put(
            replica.name(),
            new ReplicaReportSpec.Dead(
                replica.namespace(),
                replica.pod(),
                replica.loadBalancer(),
                one.since.truncatedTo(ChronoUnit.MILLIS).toString(),
                one.pulse.reason()));
      } else if (one.confirmed) {
        alive.put(
            replica.name(),
            new ReplicaReportSpec.Alive(
                replica.namespace(), replica.pod(), replica.loadBalancer()));
      }
    }
    if (!alive.isEmpty()) {
      uphold();
    }
    return new ReplicaReportSpec(
        dead.values().stream().limit(MOST_REPORTED).toList(),
        alive.values().stream().limit(MOST_REPORTED).toList(),
        alive.isEmpty() ? 0 : upheld);
  }

  /** As long as there is an objection it is repeated. */
  private void uphold() {
    if (!upholding) {
      upholding = true;
      var _ =
          thread.schedule(
              () -> {
                upholding = false;
                upheld++;
                reporter.changed();
              },
              UPHOLD_SECONDS,
              TimeUnit.SECONDS);
    }
  }

  private final class Watched implements Lifelines.Listener {
    final Replica replica;
    final Lifelines.Held line;
    Pulse pulse = Pulse.UNKNOWN;
    Instant since = Instant.EPOCH;
    boolean confirmed;

    Watched(Replica replica) {
      this.replica = replica;
      this.line = lifelines.hold(replica.address(), replica.port(), this);
    }

    @Override
    public void changed(Pulse next, long lastAlive) {
      var ago = System.nanoTime() - lastAlive;
      thread.execute(
          () -> {
            pulse = next;
            since = clock.instant().minusNanos(ago);
            confirmed &= next.verdict() == Verdict.ALIVE;
            if (watched.get(replica) == this) {
              reporter.changed();
            }
          });
    }

    @Override
    public void confirmed() {
      thread.execute(
          () -> {
            confirmed = pulse.verdict() == Verdict.ALIVE && contested.contains(replica.name());
            reporter.changed();
          });
    }
  }
}
