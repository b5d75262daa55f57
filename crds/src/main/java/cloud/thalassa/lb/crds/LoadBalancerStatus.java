package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LoadBalancerStatus(
    @Nullable Long observedGeneration,
    @JsonPropertyDescription("The Subnet that it is on. Absent: none.") @Nullable String subnet,
    List<Address> addresses,
    @Nullable Listeners listeners,
    @Nullable Replicas replicas,
    @Nullable LastChange lastChange,
    @Nullable LastFailover lastFailover,
    List<Condition> conditions) {

  public LoadBalancerStatus {
    addresses = addresses == null ? List.of() : List.copyOf(addresses);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /**
   * {@code ipMode} is {@code VIP} or {@code Proxy}, as in {@code
   * Service.status.loadBalancer.ingress}.
   */
  public record Address(String ip, String ipMode) {}

  public record Listeners(
      int total, int ready, @JsonPropertyDescription("ready/total, for people") String summary) {}

  public record Replicas(int desired, int ready, int updated) {}

  /** The newest configuration that every replica serves. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record LastChange(
      String revision,
      @JsonPropertyDescription("From the decision to the last replica that serves it")
          long appliedInMilliseconds,
      @JsonPropertyDescription(
              "Connections and flows cut since then because their target or listener left")
          long connectionsReset,
      @JsonPropertyDescription("Id of the trace of this change; absent: none is kept")
          @Nullable String trace) {}

  /** The last time that a replica died and the others took over. */
  public record LastFailover(
      String cause,
      @JsonPropertyDescription(
              "From the last sign of life of the replica to its removal from the Service")
          long durationMilliseconds,
      @JsonPropertyDescription("When the replica was removed") String time) {}
}
