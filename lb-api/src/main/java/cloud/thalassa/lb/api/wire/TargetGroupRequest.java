package cloud.thalassa.lb.api.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Body of POST and PUT of target groups.
 *
 * @param vpc only of a POST: identity of the VPC
 * @param targetSelector labels of pods; absent in a PUT: stays
 * @param enableProxyProtocol absent in a PUT: stays
 * @param loadbalancingPolicy {@code ROUND_ROBIN}, {@code RANDOM} or {@code MAGLEV}; absent in a
 *     PUT: stays
 * @param healthCheck absent: none
 */
public record TargetGroupRequest(
    @Nullable String name,
    @Nullable String description,
    @Nullable Map<String, String> labels,
    @Nullable Map<String, String> annotations,
    @Nullable Long objectVersion,
    @Nullable String vpc,
    @Nullable Integer targetPort,
    @Nullable String protocol,
    @Nullable Map<String, String> targetSelector,
    @Nullable Boolean enableProxyProtocol,
    @Nullable String loadbalancingPolicy,
    @Nullable HealthCheckBody healthCheck)
    implements HeadRequest {}
