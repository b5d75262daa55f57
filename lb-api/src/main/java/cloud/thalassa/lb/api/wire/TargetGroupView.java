package cloud.thalassa.lb.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A target group. What a client never set is absent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TargetGroupView(
    @JsonUnwrapped Head head,
    Ref organisation,
    VpcRef vpc,
    int targetPort,
    String protocol,
    @Nullable Map<String, String> targetSelector,
    @Nullable Boolean enableProxyProtocol,
    @Nullable String loadbalancingPolicy,
    @Nullable HealthCheckBody healthCheck,
    List<ListenerView> loadbalancerListeners,
    List<AttachmentView> loadbalancerTargetGroupAttachments)
    implements Headed {}
