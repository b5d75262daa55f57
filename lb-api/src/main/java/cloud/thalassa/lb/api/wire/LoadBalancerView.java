package cloud.thalassa.lb.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A load balancer.
 *
 * @param status {@code creating}, {@code ready}, {@code failed} or {@code deleting}
 * @param statusMessage why it is not ready, or what has gone wrong since it was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoadBalancerView(
    @JsonUnwrapped Head head,
    String status,
    @Nullable String statusMessage,
    Ref organisation,
    String vpcIdentity,
    VpcRef vpc,
    String subnetIdentity,
    Ref subnet,
    List<String> externalIpAddresses,
    List<String> internalIpAddresses,
    String hostname,
    List<ListenerView> loadbalancerListeners,
    boolean deleteProtection,
    List<Ref> securityGroups,
    @Nullable String reservedIpIdentity,
    @Nullable Ref reservedIp)
    implements Headed {}
