package cloud.thalassa.lb.api.wire;

import org.jspecify.annotations.Nullable;

/** A rule of a security group, answered as it was written. */
public record RuleBody(
    @Nullable String name,
    @Nullable String ipVersion,
    @Nullable String protocol,
    @Nullable Integer priority,
    @Nullable String remoteType,
    @Nullable String remoteAddress,
    @Nullable String remoteSecurityGroupIdentity,
    @Nullable Integer portRangeMin,
    @Nullable Integer portRangeMax,
    @Nullable String policy) {}
