package cloud.thalassa.lb.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many of a thing an organisation may have, and has.
 *
 * @param createdAt of the organisation
 */
public record QuotaView(
    String name,
    String description,
    String service,
    String createdAt,
    long maxUsage,
    long currentUsage,
    String quotaType,
    List<Increase> increaseRequests,
    Ref organisation) {

  /**
   * Somebody asked for more.
   *
   * @param decision {@code pending}, {@code approved} or {@code denied}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Increase(
      String identity,
      long newMaxUsageRequested,
      String requestedReasonMessage,
      String createdAt,
      String updatedAt,
      String decision,
      @Nullable String decisionReason) {}
}
