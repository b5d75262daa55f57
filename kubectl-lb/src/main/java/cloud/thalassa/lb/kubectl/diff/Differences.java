package cloud.thalassa.lb.kubectl.diff;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would change.
 *
 * @param refused what the API server or the operator would not take, and did not refuse before
 * @param notes what could not be judged, as sentences
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Differences(List<Balancer> loadBalancers, List<Refused> refused, List<String> notes) {

  /** In one word what becomes of something. */
  public enum Action {
    CREATED,
    CHANGED,
    BOUND,
    DRAINED,
    MOVED,
    ADDED,
    REMOVED
  }

  /**
   * A load balancer for which something changes.
   *
   * @param fields {@code name: before -> after}
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Balancer(
      String name,
      Action action,
      List<String> fields,
      List<Door> listeners,
      List<Group> targetGroups) {}

  /**
   * A listener.
   *
   * @param action {@code MOVED}: to other ports
   * @param ports that it has in the end, or had
   * @param left ports that it had before; null: the same
   * @param drainSeconds how long connections may go on that came in where it listens no more; null:
   *     there are none
   * @param loses addresses of clients that are not let in any more, as CIDRs
   * @param gains addresses of clients that are let in newly
   * @param but where everybody loses or gains access but these, as CIDRs; null: it is not so
   * @param movedPercent of the clients that it lets in before and after, those that get another
   *     target; null: the policy binds nobody to a target
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Door(
      String name,
      Action action,
      String ports,
      @Nullable String left,
      @Nullable Integer drainSeconds,
      List<String> fields,
      List<String> loses,
      List<String> gains,
      @Nullable List<String> but,
      @Nullable Double movedPercent) {}

  /**
   * A target group as a load balancer uses it.
   *
   * @param joins {@code address:port}
   * @param leaves the same
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Group(
      String name, Action action, List<String> fields, List<String> joins, List<String> leaves) {}

  /**
   * An object that would not be served as it is written.
   *
   * @param where file and line; null: it is not in a file, but suffers from what is
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Refused(String object, @Nullable String where, String why) {}

  public boolean nothing() {
    return loadBalancers.isEmpty() && refused.isEmpty();
  }
}
