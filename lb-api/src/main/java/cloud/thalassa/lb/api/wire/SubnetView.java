package cloud.thalassa.lb.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A subnet of a VPC.
 *
 * @param type {@code IPv4}, {@code IPv6} or {@code Dual}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SubnetView(
    @JsonUnwrapped Head head,
    String type,
    String vpcIdentity,
    VpcRef vpc,
    String cidr,
    String status,
    long v4usingIPs,
    long v4availableIPs,
    long v6usingIPs,
    long v6availableIPs)
    implements Headed {}
