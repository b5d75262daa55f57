package cloud.thalassa.lb.api.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Body of PUT /v1/loadbalancers/{id}.
 *
 * @param subnet absent: stays
 * @param reservedIpId absent: stays; empty: is given up
 */
public record LoadBalancerUpdate(
    @Nullable String name,
    @Nullable String description,
    @Nullable Map<String, String> labels,
    @Nullable Map<String, String> annotations,
    @Nullable Long objectVersion,
    @Nullable String subnet,
    @Nullable Boolean deleteProtection,
    @Nullable List<String> securityGroupAttachments,
    @Nullable String reservedIpId)
    implements HeadRequest {}
