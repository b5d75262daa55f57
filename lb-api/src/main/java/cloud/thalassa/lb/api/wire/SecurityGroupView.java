package cloud.thalassa.lb.api.wire;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/** A security group. */
public record SecurityGroupView(
    @JsonUnwrapped Head head,
    Ref organisation,
    VpcRef vpc,
    String status,
    boolean allowSameGroupTraffic,
    List<RuleBody> ingressRules,
    List<RuleBody> egressRules)
    implements Headed {}
