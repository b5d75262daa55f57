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
@ValidationRule(
    value = "!has(self.endPort) || self.endPort >= self.port",
    message = "endPort: the last port of a range must not be smaller than port, its first")
@ValidationRule(
    value = "!has(self.endPort) || self.endPort - self.port < 1000",
    message = "endPort: a listener has at most 1000 ports: use another Listener for the rest")
@ValidationRule(
    value = "self.protocol != 'UDP' || !has(self.acceptProxyProtocol)",
    message = "acceptProxyProtocol: only a TCP listener reads PROXY headers: remove it, or use TCP")
@ValidationRule(
    value =
        "has(self.targetGroupRef) != (has(self.weightedTargetGroups) && size(self.weightedTargetGroups) > 0)",
    message = "targetGroupRef or weightedTargetGroups is required, and not both")
public record ListenerSpec(
    @Required ObjectRef loadBalancerRef,
    @Required
        @ValidationRule(
            value = "self == oldSelf",
            message = "protocol is immutable: create another Listener for the other protocol")
        Protocol protocol,
    @Required @Min(1) @Max(65535) Integer port,
    @JsonPropertyDescription(
            "Last port of a range, which is one listener; the n-th port leads to the n-th port from"
                + " the target's. Omitted: port alone.")
        @Min(1)
        @Max(65535)
        @Nullable Integer endPort,
    @JsonPropertyDescription("Who gets all connections; else see weightedTargetGroups.")
        @Nullable ObjectRef targetGroupRef,
    @JsonPropertyDescription(
            "In place of targetGroupRef: who shares the connections. What cannot be resolved refuses"
                + " its share.")
        @Size(max = 16)
        List<WeightedTargetGroup> weightedTargetGroups,
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
    @JsonPropertyDescription(
            "Of one client address (IPv6: its /64), over all replicas; UDP: flows. 0: no limit.")
        @Default("0")
        @Min(0)
        @Max(100_000_000)
        Integer maxConnectionsPerSource,
    @JsonPropertyDescription(
            "Of one client address (IPv6: its /64), over all replicas; UDP: flows. 0: no limit.")
        @Default("0")
        @Min(0)
        @Max(1_000_000)
        Integer newConnectionsPerSourcePerSecond,
    @JsonPropertyDescription("Omitted: what the target group says.")
        @Nullable ProxyProtocol proxyProtocol,
    @JsonPropertyDescription("TCP only. Omitted: no connection begins with a PROXY header.")
        @Nullable AcceptProxyProtocol acceptProxyProtocol) {

  public ListenerSpec {
    weightedTargetGroups =
        weightedTargetGroups == null ? List.of() : List.copyOf(weightedTargetGroups);
    maxConnections = maxConnections == null ? 10_000 : maxConnections;
    allowedSources = allowedSources == null ? List.of() : List.copyOf(allowedSources);
    maxConnectionsPerSource = maxConnectionsPerSource == null ? 0 : maxConnectionsPerSource;
    newConnectionsPerSourcePerSecond =
        newConnectionsPerSourcePerSecond == null ? 0 : newConnectionsPerSourcePerSecond;
  }

  /** The last port of the range; {@link #port} where the range is that port alone. */
  public int lastPort() {
    return endPort == null ? port : endPort;
  }

  /** Who gets connections; all of them go to {@link #targetGroupRef} if that is given. */
  public List<WeightedTargetGroup> shares() {
    return targetGroupRef == null
        ? weightedTargetGroups
        : List.of(new WeightedTargetGroup(targetGroupRef.name(), targetGroupRef.namespace(), 1));
  }

  /** A target group, and what it gets of the connections. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record WeightedTargetGroup(
      @Required @Size(min = 1, max = 63) String name,
      @JsonPropertyDescription(
              "Omitted: the namespace of the Listener. Another namespace needs a ReferenceGrant there.")
          @Size(min = 1, max = 63)
          @Nullable String namespace,
      @JsonPropertyDescription("Of all weights of the listener. 0: no connection. Omitted: 1.")
          @Min(0)
          @Max(1_000_000)
          Integer weight) {
    public WeightedTargetGroup {
      weight = weight == null ? 1 : weight;
    }

    public ObjectRef ref() {
      return new ObjectRef(name, namespace);
    }
  }

  /** Upstreams whose connections begin with a PROXY header, of version 1 or 2. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record AcceptProxyProtocol(
      @JsonPropertyDescription(
              "CIDRs of the upstreams; what they say of their clients is believed.")
          @Required
          @Size(min = 1, max = 256)
          List<@Size(max = 49) String> from) {
    public AcceptProxyProtocol {
      from = from == null ? List.of() : List.copyOf(from);
    }
  }
}
