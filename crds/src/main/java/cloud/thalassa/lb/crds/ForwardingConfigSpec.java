package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a dataplane forwards for one load balancer. Every value is final: defaults are applied,
 * references resolved, limits divided among the replicas.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ForwardingConfigSpec(
    @JsonPropertyDescription("A reader that does not know this format keeps what it has.") @Required
        int formatVersion,
    @JsonPropertyDescription("Changes exactly when anything else in this spec changes.") @Required
        String revision,
    @JsonPropertyDescription("Addresses to bind; none: all of the machine.") List<String> addresses,
    List<Entry> listeners,
    List<Pool> pools,
    @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonPropertyDescription(
            "The first one that matches a client decides about it, and nobody is admitted whom none"
                + " matches. Absent: no security group is attached, so that there is nothing to ask.")
        @Nullable List<SecurityRule> securityRules) {

  /** The format that this version of the programs writes and reads. */
  public static final int FORMAT_VERSION = 1;

  public ForwardingConfigSpec {
    addresses = addresses == null ? List.of() : List.copyOf(addresses);
    listeners = listeners == null ? List.of() : List.copyOf(listeners);
    pools = pools == null ? List.of() : List.copyOf(pools);
    securityRules = securityRules == null ? null : List.copyOf(securityRules);
  }

  /** One rule of an attached security group. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record SecurityRule(
      @JsonPropertyDescription("name of the SecurityGroup / name of the rule") @Required
          String name,
      @Required RuleAction action,
      @Required RuleProtocol protocol,
      @JsonPropertyDescription("Of listeners; absent: all") @Nullable PortRange ports,
      @JsonPropertyDescription("CIDRs; none: everybody") List<String> sources) {

    public SecurityRule {
      sources = sources == null ? List.of() : List.copyOf(sources);
    }
  }

  /** One accepted listener. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Entry(
      @JsonPropertyDescription("namespace/name of the Listener") @Required String name,
      @Required Protocol protocol,
      @Required int port,
      @JsonPropertyDescription("Last port of the range; absent: port alone.")
          @Nullable Integer endPort,
      @JsonPropertyDescription("Name of the pool of all connections; absent: see shares")
          @Nullable String pool,
      @JsonPropertyDescription("The pools that share the connections; none: see pool")
          List<Share> shares,
      @JsonPropertyDescription("Of this replica alone; 0: no limit") @Required int maxConnections,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT)
          @JsonPropertyDescription("Of this replica alone; absent or 0: no limit")
          int maxConnectionsPerSource,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT)
          @JsonPropertyDescription("Of this replica alone; absent or 0: no limit")
          int newConnectionsPerSourcePerSecond,
      @Required int idleTimeoutSeconds,
      @JsonPropertyDescription("CIDRs; none: everybody") List<String> allowedSources,
      @Required ProxyProtocol proxyProtocol,
      @JsonPropertyDescription(
              "CIDRs of upstreams that begin with a PROXY header; none: nobody does")
          List<String> acceptProxyProtocolFrom) {

    public Entry {
      shares = shares == null ? List.of() : List.copyOf(shares);
      allowedSources = allowedSources == null ? List.of() : List.copyOf(allowedSources);
      acceptProxyProtocolFrom =
          acceptProxyProtocolFrom == null ? List.of() : List.copyOf(acceptProxyProtocolFrom);
    }

    /** The last port of the range; {@link #port} where the range is that port alone. */
    public int lastPort() {
      return endPort == null ? port : endPort;
    }
  }

  /** What one pool gets of the connections of a listener. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Share(
      @JsonPropertyDescription("Name of the pool; absent: connections of this share are refused")
          @Nullable String pool,
      @JsonPropertyDescription("Of all weights of the listener; 0: no connection") @Required
          int weight) {}

  /** One target group, as far as it is not in its slices. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Pool(
      @JsonPropertyDescription("namespace/name of the TargetGroup") @Required String name,
      @Required SelectionPolicy policy,
      @Required WhenNoneHealthy whenNoneHealthy,
      @Required int drainTimeoutSeconds,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT)
          @JsonPropertyDescription(
              "How long the share of a new or recovered target grows; absent or 0: not at all")
          int slowStartSeconds,
      @JsonPropertyDescription(
              "Present: HealthReports decide who serves. Absent: the readiness in the slices does.")
          @Nullable HealthCheck healthCheck) {}
}
