package cloud.thalassa.lb.operator.observe;

import cloud.thalassa.lb.crds.ReplicaReport;
import cloud.thalassa.lb.crds.ReplicaReportSpec;
import cloud.thalassa.lb.operator.children.Failure;
import cloud.thalassa.lb.operator.children.Testimony;
import cloud.thalassa.lb.operator.compile.Ref;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the health checkers say about replicas, and how long ago it was heard, by a monotonic clock
 * of this process: those of different nodes are never compared.
 */
final class Testimonies {
  private final LongSupplier nanoTime;
  private final Map<String, Heard> reports = new HashMap<>();

  /** By replica: when it was first said to be dead. */
  private final Map<Ref, Long> claims = new HashMap<>();

  Testimonies(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Takes note of a report, and returns the load balancers about whose replicas it says more. */
  synchronized Set<Ref> heard(@Nullable ReplicaReport before, @Nullable ReplicaReport now) {
    if (now != null) {
      reports.put(now.getMetadata().getName(), new Heard(spec(now), nanoTime.getAsLong()));
    } else if (before != null) {
      reports.remove(before.getMetadata().getName());
    }
    var dead = new HashSet<Ref>();
    reports.values().forEach(heard -> heard.dead.keySet().forEach(dead::add));
    claims.keySet().retainAll(dead);
    dead.forEach(replica -> claims.putIfAbsent(replica, nanoTime.getAsLong()));
    return difference(statements(before), statements(now));
  }

  synchronized Testimony about(Ref replica) {
    var claimed = claims.get(replica);
    if (claimed == null) {
      return Testimony.NONE;
    }
    return new Testimony(
        reports.values().stream()
            .flatMap(heard -> Stream.ofNullable(heard.dead.get(replica)))
            .toList(),
        since(claimed),
        reports.values().stream()
            .filter(heard -> heard.alive.contains(replica))
            .map(heard -> since(heard.at))
            .toList(),
        reports.size());
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(nanoTime.getAsLong() - nanos);
  }

  /** Without what is only upheld. */
  private static Set<Statement> statements(@Nullable ReplicaReport report) {
    var statements = new HashSet<Statement>();
    if (report != null) {
      spec(report)
          .dead()
          .forEach(
              it ->
                  statements.add(
                      new Statement(it.namespace(), it.loadBalancer(), it.pod(), false)));
      spec(report)
          .alive()
          .forEach(
              it ->
                  statements.add(new Statement(it.namespace(), it.loadBalancer(), it.pod(), true)));
    }
    return statements;
  }

  private static Set<Ref> difference(Set<Statement> before, Set<Statement> now) {
    var refs = new HashSet<Ref>();
    before.stream().filter(s -> !now.contains(s)).map(Statement::ref).forEach(refs::add);
    now.stream().filter(s -> !before.contains(s)).map(Statement::ref).forEach(refs::add);
    return refs;
  }

  private static ReplicaReportSpec spec(ReplicaReport report) {
    return report.getSpec() == null
        ? new ReplicaReportSpec(List.of(), List.of(), 0)
        : report.getSpec();
  }

  private record Statement(String namespace, String loadBalancer, String pod, boolean alive) {
    Ref ref() {
      return new Ref(namespace, loadBalancer);
    }
  }

  private static final class Heard {
    final Map<Ref, Failure> dead = new HashMap<>();
    final Set<Ref> alive = new HashSet<>();
    final long at;

    Heard(ReplicaReportSpec spec, long at) {
      this.at = at;
      spec.dead()
          .forEach(
              it ->
                  dead.put(
                      new Ref(it.namespace(), it.pod()),
                      new Failure(it.reason(), instant(it.since()))));
      spec.alive().forEach(it -> alive.add(new Ref(it.namespace(), it.pod())));
    }

    private static Instant instant(String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        return Instant.EPOCH;
      }
    }
  }
}
