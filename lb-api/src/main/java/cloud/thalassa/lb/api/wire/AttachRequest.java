package cloud.thalassa.lb.api.wire;

import org.jspecify.annotations.Nullable;

/** Body of POST .../attach; one of the two is given. */
public record AttachRequest(@Nullable String serverIdentity, @Nullable String endpointIdentity) {}
