package cloud.thalassa.lb.api.wire;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/** A VPC, which is a namespace of the cluster. */
public record VpcView(
    @JsonUnwrapped Head head,
    String status,
    List<String> cidrs,
    Ref organisation,
    Ref cloudRegion,
    List<SubnetView> subnets)
    implements Headed {}
