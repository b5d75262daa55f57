package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "self.protocol != 'UDP' || !has(self.proxyProtocol) || self.proxyProtocol != 'V1'",
    message = "proxyProtocol: V1 cannot describe UDP: use None or V2")
public record ListenerSpec(
    @Required ObjectRef loadBalancerRef,
    @Required
        @ValidationRule(
            value = "self == oldSelf",
            message = "protocol is immutable: create another Listener for the other protocol")
        Protocol protocol,
    @Required @Min(1) @Max(65535) Integer port,
    @Required ObjectRef targetGroupRef,
    @JsonPropertyDescription("Of the whole listener, over all replicas; UDP: flows. 0: no limit.")
        @Default("10000")
        @Min(0)
        @Max(100_000_000)
        Integer maxConnections,
    @JsonPropertyDescription("Omitted: 6000 for TCP, 60 for UDP.") @Min(1) @Max(86400)
        @Nullable Integer idleTimeoutSeconds,
    @JsonPropertyDescription("CIDRs that may connect. Omitted or empty: everybody.")
        @Size(max = 256)
        List<@Size(max = 49) String> allowedSources,
    @JsonPropertyDescription("Omitted: what the target group says.")
        @Nullable ProxyProtocol proxyProtocol) {

  public ListenerSpec {
    maxConnections = maxConnections == null ? 10_000 : maxConnections;
    allowedSources = allowedSources == null ? List.of() : List.copyOf(allowedSources);
  }
}
