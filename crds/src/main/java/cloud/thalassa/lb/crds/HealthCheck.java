package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "self.timeoutSeconds <= self.intervalSeconds",
    message = "timeoutSeconds must not be longer than intervalSeconds (they default to 5 and 10)")
@ValidationRule(
    value =
        "self.protocol == 'HTTP' || (!has(self.path) && !has(self.host) && !has(self.expectedStatuses))",
    message =
        "path, host and expectedStatuses belong to protocol HTTP: set protocol to HTTP or leave them out")
public record HealthCheck(
    @Default("TCP") HealthCheckProtocol protocol,
    @JsonPropertyDescription(
            "A number, or the name of a container port. Omitted: the target's port.")
        @ValidationRule(value = PortRule.EITHER, message = "healthCheck.port " + PortRule.MESSAGE)
        @Nullable IntOrString port,
    @JsonPropertyDescription("HTTP. Omitted: /")
        @Size(max = 1024)
        @ValidationRule(
            value = "self.matches('^/[!-~]*$')",
            message = "path must begin with / and hold no spaces or control characters")
        @Nullable String path,
    @JsonPropertyDescription("HTTP Host header. Omitted: address:port.")
        @Size(max = 253)
        @ValidationRule(
            value = "self.matches('^[A-Za-z0-9.:_\\\\[\\\\]-]+$')",
            message = "host must be a host name or address, with or without a port")
        @Nullable String host,
    @JsonPropertyDescription("HTTP statuses, such as 200 or 200-399. Omitted: 200-399.")
        @Size(max = 16)
        @ValidationRule(
            value =
                "self.all(s, s.matches('^[1-5][0-9][0-9](-[1-5][0-9][0-9])?$') && (size(s) == 3 ||"
                    + " int(s.substring(0, 3)) <= int(s.substring(4, 7))))",
            message =
                "expectedStatuses: every entry must be a status such as 200, or a range such as 200-399 with the"
                    + " smaller one first")
        List<@Size(max = 7) String> expectedStatuses,
    @Default("10") @Min(1) @Max(300) Integer intervalSeconds,
    @Default("5") @Min(1) @Max(300) Integer timeoutSeconds,
    @Default("2") @Min(1) @Max(10) Integer healthyThreshold,
    @Default("3") @Min(1) @Max(10) Integer unhealthyThreshold) {

  public HealthCheck {
    protocol = protocol == null ? HealthCheckProtocol.TCP : protocol;
    expectedStatuses = expectedStatuses == null ? List.of() : List.copyOf(expectedStatuses);
    intervalSeconds = intervalSeconds == null ? 10 : intervalSeconds;
    timeoutSeconds = timeoutSeconds == null ? 5 : timeoutSeconds;
    healthyThreshold = healthyThreshold == null ? 2 : healthyThreshold;
    unhealthyThreshold = unhealthyThreshold == null ? 3 : unhealthyThreshold;
  }
}
