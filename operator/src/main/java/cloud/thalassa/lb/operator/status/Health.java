package cloud.thalassa.lb.operator.status;

import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.HealthReportSpec.TargetHealth;
import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.operator.compile.Member;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** What health checkers report of targets, whichever load balancers they are probed for. */
final class Health {
  /**
   * A verdict counts more than none, a new one more than an old one, a bad one more than a good.
   */
  private static final Comparator<TargetHealth> WEIGHT =
      Comparator.comparing((TargetHealth health) -> health.state() != HealthState.INITIAL)
          .thenComparing(TargetHealth::since)
          .thenComparing(TargetHealth::state);

  private final Map<Target, TargetHealth> targets = new HashMap<>();

  Health(Collection<HealthReport> reports) {
    for (var report : reports) {
      if (report.getSpec() != null) {
        report.getSpec().targets().forEach(this::add);
      }
    }
  }

  HealthState of(Member member) {
    var health = targets.get(new Target(member.address(), member.port()));
    return health == null ? HealthState.INITIAL : health.state();
  }

  private void add(TargetHealth health) {
    targets.merge(
        new Target(health.address(), health.port()),
        health,
        (a, b) -> WEIGHT.compare(a, b) >= 0 ? a : b);
  }

  private record Target(String address, int port) {}
}
