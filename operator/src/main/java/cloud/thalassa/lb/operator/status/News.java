package cloud.thalassa.lb.operator.status;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What just happened to a load balancer, which its objects do not show.
 *
 * @param applied how long the newest configuration took from its decision to the last replica;
 *     null: some do not serve it yet, or nobody knows any more when it was decided
 * @param trace id of its trace; null: none is kept
 * @param failover null: no replica was taken out because it died
 */
public record News(
    @Nullable Duration applied, @Nullable String trace, @Nullable Failover failover) {
  public static final News NONE = new News(null, null, null);

  /**
   * A replica died, and was taken out.
   *
   * @param cause a sentence
   * @param since when the replica was last known to live
   * @param at when it was taken out; null: now
   */
  public record Failover(String cause, Instant since, @Nullable Instant at) {}
}
