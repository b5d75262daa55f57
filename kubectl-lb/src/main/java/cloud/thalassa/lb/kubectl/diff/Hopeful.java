package cloud.thalassa.lb.kubectl.diff;

import static java.util.stream.Collectors.groupingBy;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.HealthReportSpec;
import cloud.thalassa.lb.crds.HealthReportSpec.TargetHealth;
import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.dataplane.table.PoolKey;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Targets that nobody has judged yet are taken for healthy, as most of them will be. */
final class Hopeful {
  /** It is the last word on its targets. */
  private static final String SINCE = "9999-12-31T23:59:59Z";

  private record Place(String address, int port) {}

  private Hopeful() {}

  /** The reports, and one more for each slice. */
  static List<HealthReport> reports(List<EndpointSlice> slices, List<HealthReport> reports) {
    var byPool = reports.stream().collect(groupingBy(PoolKey::of));
    var all = new ArrayList<>(reports);
    for (var slice : slices) {
      all.add(report(slice, judged(byPool.getOrDefault(PoolKey.of(slice), List.of()))));
    }
    return all;
  }

  private static Set<Place> judged(List<HealthReport> reports) {
    var judged = new HashSet<Place>();
    for (var report : reports) {
      report.getSpec().targets().stream()
          .filter(it -> it.state() != HealthState.INITIAL)
          .forEach(it -> judged.add(new Place(it.address(), it.port())));
    }
    return judged;
  }

  private static HealthReport report(EndpointSlice slice, Set<Place> judged) {
    int port =
        slice.getPorts().stream()
            .filter(it -> Api.TARGET_PORT.equals(it.getName()))
            .map(EndpointPort::getPort)
            .findFirst()
            .orElse(0);
    var targets =
        slice.getEndpoints().stream()
            .flatMap(it -> it.getAddresses().stream())
            .map(address -> new Place(address, port))
            .filter(it -> !judged.contains(it))
            .map(it -> new TargetHealth(it.address, it.port, HealthState.HEALTHY, SINCE, "hope"))
            .toList();
    var report = new HealthReport();
    report.setMetadata(new ObjectMetaBuilder(slice.getMetadata()).build());
    report.setSpec(new HealthReportSpec("nobody", "", targets));
    return report;
  }
}
