package cloud.thalassa.lb.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went through a load balancer.
 *
 * @param from RFC 3339, as all times here
 * @param to not included
 * @param step {@code minute} or {@code hour}
 * @param listeners those through which anything went
 */
public record UsageView(
    Ref loadbalancer, String from, String to, String step, List<OfListener> listeners) {
  /**
   * One listener.
   *
   * @param identity absent: it is not there any more
   * @param points those steps in which anything went through it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record OfListener(@Nullable String identity, String name, List<Point> points) {}

  /**
   * One step.
   *
   * @param at its beginning
   * @param connections that were begun, and flows
   */
  public record Point(String at, long connections, long bytesToTarget, long bytesToClient) {}
}
