package cloud.thalassa.lb.api.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Body of POST and PUT of /v1/reserved-ips.
 *
 * @param region for POST only
 */
public record ReservedIpRequest(
    @Nullable String name,
    @Nullable String description,
    @Nullable Map<String, String> labels,
    @Nullable Map<String, String> annotations,
    @Nullable String region)
    implements HeadRequest {}
