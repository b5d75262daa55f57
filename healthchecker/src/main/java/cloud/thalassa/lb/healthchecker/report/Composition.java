package cloud.thalassa.lb.healthchecker.report;

import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.HealthReportSpec;
import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.healthchecker.follow.CheckedSlice;
import cloud.thalassa.lb.healthchecker.follow.CheckedSlice.Target;
import cloud.thalassa.lb.healthchecker.judge.TargetHealth;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reports as values: written from verdicts, read back into verdicts, compared. */
final class Composition {
  static HealthReport report(
      CheckedSlice slice, Function<Target, TargetHealth> verdicts, String reporter) {
    var targets =
        slice.targets().stream().map(target -> entry(target, verdicts.apply(target))).toList();
    var healthy = targets.stream().filter(t -> t.state() == HealthState.HEALTHY).count();
    var report = new HealthReport();
    report.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(slice.ref().namespace())
            .withName(slice.ref().name())
            .withLabels(OwnLabels.of(slice.labels()))
            .withOwnerReferences(owner(slice))
            .build());
    report.setSpec(new HealthReportSpec(reporter, healthy + "/" + targets.size(), targets));
    return report;
  }

  /**
   * Whether a stored report already says this; who reported it, and what others added, does not
   * matter.
   */
  static boolean says(@Nullable HealthReport stored, HealthReport composed) {
    return stored != null
        && stored.getSpec() != null
        && stored.getSpec().targets().equals(composed.getSpec().targets())
        && labels(stored).containsAll(labels(composed))
        && uids(stored).containsAll(uids(composed));
  }

  /** What a report says about a target; nothing if it gives no verdict. */
  static Optional<TargetHealth> verdict(@Nullable HealthReport report, Target target) {
    if (report == null || report.getSpec() == null) {
      return Optional.empty();
    }
    return report.getSpec().targets().stream()
        .filter(t -> t.port() == target.port() && target.address().equals(t.address()))
        .filter(t -> t.state() != null && t.state() != HealthState.INITIAL)
        .findFirst()
        .map(t -> TargetHealth.known(t.state(), instant(t.since()), String.valueOf(t.reason())));
  }

  private static HealthReportSpec.TargetHealth entry(Target target, TargetHealth health) {
    return new HealthReportSpec.TargetHealth(
        target.address(),
        target.port(),
        health.state(),
        health.since().truncatedTo(ChronoUnit.MILLIS).toString(),
        health.reason());
  }

  private static List<OwnerReference> owner(CheckedSlice slice) {
    return slice.uid() == null
        ? List.of()
        : List.of(
            new OwnerReferenceBuilder()
                .withApiVersion("discovery.k8s.io/v1")
                .withKind("EndpointSlice")
                .withName(slice.ref().name())
                .withUid(slice.uid())
                .build());
  }

  private static Set<Map.Entry<String, String>> labels(HealthReport report) {
    var labels = report.getMetadata().getLabels();
    return labels == null ? Set.of() : labels.entrySet();
  }

  private static List<String> uids(HealthReport report) {
    return report.getMetadata().getOwnerReferences().stream().map(OwnerReference::getUid).toList();
  }

  private static Instant instant(@Nullable String text) {
    try {
      return text == null ? Instant.EPOCH : Instant.parse(text);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  private Composition() {}
}
