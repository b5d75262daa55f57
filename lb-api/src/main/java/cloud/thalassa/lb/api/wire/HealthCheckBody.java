package cloud.thalassa.lb.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** How targets are checked. Numbers that are 0 or absent mean the default. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HealthCheckBody(
    @Nullable String protocol,
    @Nullable Integer port,
    @Nullable String path,
    @Nullable Integer periodSeconds,
    @Nullable Integer timeoutSeconds,
    @Nullable Integer unhealthyThreshold,
    @Nullable Integer healthyThreshold) {}
