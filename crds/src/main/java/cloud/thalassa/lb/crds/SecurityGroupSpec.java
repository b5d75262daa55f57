package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.ingress) || self.ingress.map(r, has(r.sources) ? size(r.sources) : 0).sum() <= "
            + SecurityGroupSpec.MOST_SOURCES,
    message =
        "ingress: the rules of a group have at most "
            + SecurityGroupSpec.MOST_SOURCES
            + " sources together: use another SecurityGroup"
            + " for the rest")
public record SecurityGroupSpec(
    @JsonPropertyDescription("Whom no rule of any attached group allows is refused.")
        @Size(max = SecurityGroupSpec.MOST_RULES)
        List<Rule> ingress) {

  /** Rules of a group. */
  public static final int MOST_RULES = 200;

  /** Sources of a rule. More times {@link #MOST_RULES} cost more than an API server allows. */
  public static final int MOST_SOURCES_OF_A_RULE = 256;

  /** Sources of a group, in all its rules together. */
  public static final int MOST_SOURCES = 1000;

  public SecurityGroupSpec {
    ingress = ingress == null ? List.of() : List.copyOf(ingress);
  }

  /** Decides about the clients that it matches, unless a rule before it does. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Rule(
      @Required
          @Size(min = 1, max = 63)
          @ValidationRule(
              value = "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
              message = "name must be a DNS label: lower case letters, digits and -")
          String name,
      @JsonPropertyDescription(
              "Rules of all attached groups are asked in this order, the smallest first; of the same"
                  + " priority Deny first.")
          @Required
          @Min(1)
          @Max(199)
          Integer priority,
      @Required RuleAction action,
      @JsonPropertyDescription("Omitted: All.") RuleProtocol protocol,
      @JsonPropertyDescription("Of the load balancer, not of targets. Omitted: all.")
          @Nullable PortRange ports,
      @JsonPropertyDescription("CIDRs of clients. Omitted or empty: everybody.")
          @Size(max = SecurityGroupSpec.MOST_SOURCES_OF_A_RULE)
          List<@Size(max = 49) String> sources) {

    public Rule {
      protocol = protocol == null ? RuleProtocol.ALL : protocol;
      sources = sources == null ? List.of() : List.copyOf(sources);
    }
  }
}
