package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.selector) || (has(self.targets) && size(self.targets) > 0)",
    message = "selector or targets is required: say which pods or addresses belong to the group")
@ValidationRule(
    value = "type(self.port) == int || !has(self.targets) || self.targets.all(t, has(t.port))",
    message =
        "targets: every target needs a port of its own when spec.port is the name of a container port")
@ValidationRule(
    value = "self.protocol != 'UDP' || self.proxyProtocol != 'V1'",
    message = "proxyProtocol: V1 cannot describe UDP: use None or V2")
public record TargetGroupSpec(
    @Required Protocol protocol,
    @Required
        @JsonPropertyDescription("A number, or the name of a container port.")
        @ValidationRule(value = PortRule.EITHER, message = "port " + PortRule.MESSAGE)
        IntOrString port,
    @JsonPropertyDescription("Live pods of this namespace.")
        @ValidationRule(
            value =
                "(has(self.matchLabels) && size(self.matchLabels) > 0) || (has(self.matchExpressions) &&"
                    + " size(self.matchExpressions) > 0)",
            message =
                "selector: give at least one label in matchLabels or one entry in matchExpressions")
        @Nullable LabelSelector selector,
    @JsonPropertyDescription("Addresses by hand; with a selector both count.") @Size(max = 1000)
        List<Target> targets,
    @Default("RoundRobin") SelectionPolicy policy,
    @Default("None") ProxyProtocol proxyProtocol,
    @JsonPropertyDescription("Omitted: pod readiness decides; targets by hand count as healthy.")
        @Nullable HealthCheck healthCheck,
    @Default("FailOpen") WhenNoneHealthy whenNoneHealthy,
    @JsonPropertyDescription("How long a leaving target keeps its connections.")
        @Default("300")
        @Min(0)
        @Max(3600)
        Integer drainTimeoutSeconds,
    @JsonPropertyDescription(
            "A new or recovered target's share grows from a tenth to the whole. 0: at once.")
        @Default("0")
        @Min(0)
        @Max(900)
        Integer slowStartSeconds) {

  public TargetGroupSpec {
    targets = targets == null ? List.of() : List.copyOf(targets);
    policy = policy == null ? SelectionPolicy.ROUND_ROBIN : policy;
    proxyProtocol = proxyProtocol == null ? ProxyProtocol.NONE : proxyProtocol;
    whenNoneHealthy = whenNoneHealthy == null ? WhenNoneHealthy.FAIL_OPEN : whenNoneHealthy;
    drainTimeoutSeconds = drainTimeoutSeconds == null ? 300 : drainTimeoutSeconds;
    slowStartSeconds = slowStartSeconds == null ? 0 : slowStartSeconds;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Target(
      @Required
          @Size(max = 45)
          @ValidationRule(
              value = "isIP(self)",
              messageExpression =
                  "'address: ' + self + ' is not an IPv4 or IPv6 address; names are not resolved'")
          String address,
      @JsonPropertyDescription("Omitted: spec.port.") @Min(1) @Max(65535) @Nullable Integer port,
      @JsonPropertyDescription("0: takes no new connections. Omitted: 1.") @Min(0) @Max(256)
          Integer weight,
      @Size(max = 63)
          @ValidationRule(
              value = "self.matches('^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$')",
              message =
                  "zone must be the value of a label: letters, digits, -, _ and ., at both ends a letter or"
                      + " digit")
          @Nullable String zone) {

    public Target {
      weight = weight == null ? 1 : weight;
    }
  }
}
