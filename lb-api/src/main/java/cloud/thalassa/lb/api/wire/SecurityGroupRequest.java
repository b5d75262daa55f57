package cloud.thalassa.lb.api.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Body of POST and PUT of security groups.
 *
 * @param vpcIdentity only of a POST
 * @param skipRulesUpdate of a PUT: true leaves the rules as they are
 */
public record SecurityGroupRequest(
    @Nullable String name,
    @Nullable String description,
    @Nullable Map<String, String> labels,
    @Nullable Map<String, String> annotations,
    @Nullable Long objectVersion,
    @Nullable String vpcIdentity,
    @Nullable Boolean allowSameGroupTraffic,
    @Nullable List<RuleBody> ingressRules,
    @Nullable List<RuleBody> egressRules,
    @Nullable Boolean skipRulesUpdate)
    implements HeadRequest {}
