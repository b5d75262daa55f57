package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HealthReportSpec(
    @JsonPropertyDescription("The health checker that wrote this") @Required String reporter,
    @JsonPropertyDescription("healthy/total, for people") @Required String summary,
    List<TargetHealth> targets) {

  public HealthReportSpec {
    targets = targets == null ? List.of() : List.copyOf(targets);
  }

  /** State of one target since a moment (RFC 3339, UTC), with the reason in words. */
  public record TargetHealth(
      @Required String address,
      @Required int port,
      @Required HealthState state,
      @Required String since,
      @Required String reason) {}
}
