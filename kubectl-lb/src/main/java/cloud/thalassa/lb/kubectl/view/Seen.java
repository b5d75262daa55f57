package cloud.thalassa.lb.kubectl.view;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that could be read of one load balancer.
 *
 * @param listeners its own, and those of other namespaces that are served and can be read
 * @param config what is served; null: nothing yet
 * @param slices of its members, written by the operator
 */
public record Seen(
    LoadBalancer balancer,
    List<Listener> listeners,
    Map<Named, TargetGroup> groups,
    @Nullable ForwardingConfig config,
    List<EndpointSlice> slices,
    List<HealthReport> reports) {}
