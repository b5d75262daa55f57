package cloud.thalassa.lb.healthchecker.follow;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.ReplicaReport;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;

/** Everything a source knows at one moment. Nothing in it may be changed. */
public record Documents(
    List<ForwardingConfig> configs,
    List<EndpointSlice> slices,
    List<HealthReport> reports,
    List<ReplicaReport> replicaReports) {
  public Documents {
    configs = List.copyOf(configs);
    slices = List.copyOf(slices);
    reports = List.copyOf(reports);
    replicaReports = List.copyOf(replicaReports);
  }
}
