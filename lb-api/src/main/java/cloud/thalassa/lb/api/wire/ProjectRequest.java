package cloud.thalassa.lb.api.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Body of POST and PUT of /v1/projects. */
public record ProjectRequest(
    @Nullable String name,
    @Nullable String description,
    @Nullable Map<String, String> labels,
    @Nullable Map<String, String> annotations,
    @Nullable Long objectVersion,
    @Nullable String parentProjectIdentity)
    implements HeadRequest {}
