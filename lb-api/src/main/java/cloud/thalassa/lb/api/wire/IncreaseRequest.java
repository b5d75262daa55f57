package cloud.thalassa.lb.api.wire;

import org.jspecify.annotations.Nullable;

/** Body of POST /v1/quotas/increase-requests. */
public record IncreaseRequest(
    @Nullable String name, @Nullable Long newMaxUsage, @Nullable String reason) {}
