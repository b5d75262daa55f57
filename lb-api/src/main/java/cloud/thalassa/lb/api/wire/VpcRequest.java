package cloud.thalassa.lb.api.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Body of POST and PUT of VPCs; {@code cloudRegionIdentity} only of a POST. */
public record VpcRequest(
    @Nullable String name,
    @Nullable String description,
    @Nullable Map<String, String> labels,
    @Nullable Map<String, String> annotations,
    @Nullable Long objectVersion,
    @Nullable String cloudRegionIdentity,
    @Nullable List<String> vpcCidrs)
    implements HeadRequest {}
