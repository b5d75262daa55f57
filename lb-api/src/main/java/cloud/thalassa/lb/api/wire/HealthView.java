package cloud.thalassa.lb.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The health of the targets of a load balancer, as this load balancer sees them. */
public record HealthView(Ref loadbalancer, List<Group> targetGroups) {
  /**
   * One target group.
   *
   * @param status {@code healthy}: all that do not drain; {@code degraded}: some; {@code down}:
   *     none; {@code empty}: there is no target
   * @param healthy of {@code total}, which counts those that drain too
   */
  public record Group(
      Ref targetGroup, String status, int healthy, int total, List<Target> targets) {}

  /**
   * One target.
   *
   * @param state {@code healthy}, {@code unhealthy}, {@code initial} (not checked yet) or {@code
   *     draining}
   * @param since when it became that, RFC 3339; null: nobody knows
   * @param reason in words
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Target(
      String address, int port, int weight, String state, @Nullable String since, String reason) {}
}
