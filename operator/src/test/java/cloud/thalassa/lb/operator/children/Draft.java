package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.DataplaneReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec;
import cloud.thalassa.lb.crds.DataplaneReportSpec.Phase;
import cloud.thalassa.lb.operator.compile.PodTarget;
import cloud.thalassa.lb.operator.compile.PodTarget.NamedPort;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A replica in the making: one that serves revision r1 and is in, unless it is said otherwise. */
record Draft(
    String name,
    List<String> ips,
    List<NamedPort> ports,
    @Nullable Phase phase,
    String revision,
    boolean ready,
    boolean finished,
    boolean terminating,
    boolean entered,
    boolean dead) {

  static Draft of(String name, String... ips) {
    return new Draft(
        name, List.of(ips), List.of(), Phase.SERVING, "r1", true, false, false, true, false);
  }

  Draft port(NamedPort port) {
    return new Draft(
        name, ips, List.of(port), phase, revision, ready, finished, terminating, entered, dead);
  }

  Draft phase(@Nullable Phase phase) {
    return new Draft(
        name, ips, ports, phase, revision, ready, finished, terminating, entered, dead);
  }

  Draft serving(String revision) {
    return new Draft(
        name, ips, ports, phase, revision, ready, finished, terminating, entered, dead);
  }

  Draft notReady() {
    return new Draft(
        name, ips, ports, phase, revision, false, finished, terminating, entered, dead);
  }

  Draft ended() {
    return new Draft(name, ips, ports, phase, revision, ready, true, terminating, entered, dead);
  }

  Draft leaving() {
    return new Draft(name, ips, ports, phase, revision, ready, finished, true, entered, dead);
  }

  Draft outside() {
    return new Draft(name, ips, ports, phase, revision, ready, finished, terminating, false, dead);
  }

  Draft died() {
    return new Draft(
        name, ips, ports, phase, revision, ready, finished, terminating, entered, true);
  }

  Replica make() {
    return new Replica(
        new PodTarget(
            "shop",
            name,
            "uid-" + name,
            ips,
            ports,
            finished,
            ready,
            terminating,
            "node",
            "zone",
            Set.of()),
        report(),
        entered,
        dead ? new Failure("connection refused", Instant.EPOCH) : null);
  }

  private @Nullable DataplaneReport report() {
    if (phase == null) {
      return null;
    }
    var report = new DataplaneReport();
    report.setSpec(new DataplaneReportSpec(revision, phase, null, 0, null, List.of()));
    return report;
  }
}
