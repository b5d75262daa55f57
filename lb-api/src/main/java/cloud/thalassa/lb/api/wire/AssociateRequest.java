package cloud.thalassa.lb.api.wire;

import org.jspecify.annotations.Nullable;

/** Body of POST /v1/reserved-ips/{id}/associate: one of both. */
public record AssociateRequest(
    @Nullable String loadbalancerIdentity, @Nullable String natGatewayIdentity) {}
