package cloud.thalassa.lb.api.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Body of POST and PUT of subnets; {@code vpcIdentity} and {@code cidr} only of a POST. */
public record SubnetRequest(
    @Nullable String name,
    @Nullable String description,
    @Nullable Map<String, String> labels,
    @Nullable Map<String, String> annotations,
    @Nullable Long objectVersion,
    @Nullable String vpcIdentity,
    @Nullable String cidr)
    implements HeadRequest {}
