package cloud.thalassa.lb.operator.directory;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.DataplaneReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec.Phase;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import cloud.thalassa.lb.operator.allocate.Placement;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.status.Fleet;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What dataplane and health checker say, by whom it is about. */
record Reports(
    Map<Ref, List<DataplaneReport>> byLoadBalancer, Map<Ref, List<HealthReport>> byTargetGroup) {

  /** A report that cannot be read counts as none: its writer will write it again. */
  static Reports read(DocumentFiles files) {
    var reports = new Reports(new HashMap<>(), new HashMap<>());
    for (var report : files.list(DataplaneReport.class, (file, e) -> {})) {
      var loadBalancer = new Ref(namespace(report), label(report, Api.LOAD_BALANCER_LABEL));
      reports.byLoadBalancer.computeIfAbsent(loadBalancer, r -> new ArrayList<>()).add(report);
    }
    for (var report : files.list(HealthReport.class, (file, e) -> {})) {
      var group =
          new Ref(
              label(report, Api.TARGET_GROUP_NAMESPACE_LABEL),
              label(report, Api.TARGET_GROUP_LABEL));
      reports.byTargetGroup.computeIfAbsent(group, r -> new ArrayList<>()).add(report);
    }
    return reports;
  }

  List<DataplaneReport> of(LoadBalancer loadBalancer) {
    return byLoadBalancer.getOrDefault(Ref.of(loadBalancer), List.of());
  }

  List<HealthReport> of(Ref targetGroup) {
    return byTargetGroup.getOrDefault(targetGroup, List.of());
  }

  /** Sentences about listeners that are not bound, such as that their port is taken. */
  Set<String> problems() {
    return byLoadBalancer.values().stream()
        .flatMap(List::stream)
        .filter(report -> report.getSpec() != null)
        .flatMap(report -> report.getSpec().listeners().stream())
        .filter(listener -> listener.problem() != null)
        .map(listener -> "Listener " + listener.name() + ": " + listener.problem())
        .collect(Collectors.toSet());
  }

  /** The one dataplane process of the directory is all the replicas that a load balancer has. */
  Fleet fleet(LoadBalancer loadBalancer, Placement place) {
    var serving =
        of(loadBalancer).stream()
            .anyMatch(r -> r.getSpec() != null && r.getSpec().phase() == Phase.SERVING);
    int ready = serving ? 1 : 0;
    var addresses = place.pooled() ? place.addresses() : loadBalancer.getSpec().addresses();
    return new Fleet(
        1,
        ready,
        ready,
        addresses.stream().map(ip -> new Address(ip, "VIP")).toList(),
        place.subnetName(),
        place.problem(),
        null);
  }

  private static String namespace(HasMetadata report) {
    return report.getMetadata().getNamespace();
  }

  private static String label(HasMetadata report, String name) {
    var labels = report.getMetadata().getLabels();
    return labels == null ? "" : labels.getOrDefault(name, "");
  }
}
