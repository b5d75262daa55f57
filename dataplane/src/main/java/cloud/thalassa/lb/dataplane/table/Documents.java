package cloud.thalassa.lb.dataplane.table;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.HealthReport;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.Map;

/**
 * Everything that was known at one moment. Their order does not matter.
 *
 * @param unreadable load balancers ({@code namespace/name}) whose ForwardingConfig exists but could
 *     not be read, with the reason as a sentence
 */
public record Documents(
    List<ForwardingConfig> configs,
    List<EndpointSlice> slices,
    List<HealthReport> reports,
    Map<String, String> unreadable) {
  public Documents {
    configs = List.copyOf(configs);
    slices = List.copyOf(slices);
    reports = List.copyOf(reports);
    unreadable = Map.copyOf(unreadable);
  }
}
