package cloud.thalassa.lb.api.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Body of POST /v1/loadbalancers. */
public record LoadBalancerCreate(
    @Nullable String name,
    @Nullable String description,
    @Nullable Map<String, String> labels,
    @Nullable Map<String, String> annotations,
    @Nullable String subnet,
    @Nullable Boolean internalLoadbalancer,
    @Nullable Boolean deleteProtection,
    @Nullable List<ListenerRequest> listeners,
    @Nullable List<String> securityGroupAttachments,
    @Nullable String reservedIpId)
    implements HeadRequest {}
