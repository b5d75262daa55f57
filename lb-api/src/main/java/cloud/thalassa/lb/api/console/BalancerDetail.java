package cloud.thalassa.lb.api.console;

import java.util.List;

/**
 * One load balancer.
 *
 * @param trouble why it is not ready, or empty
 * @param status the same in one line, for those who hear the page
 * @param silent what to know of the figures, or empty
 * @param usage lines of the last hour
 * @param events the newest first
 * @param past why there are none of both, or empty
 * @param to what somebody most likely asks about: an address and a port
 */
public record BalancerDetail(
    String href,
    String identity,
    String name,
    String description,
    State state,
    String trouble,
    String status,
    List<String> addresses,
    List<Fact> facts,
    List<Chart> charts,
    String silent,
    List<DoorRow> listeners,
    List<Group> groups,
    List<Chart> usage,
    List<Happening> events,
    String past,
    String to) {

  /** Something to know, with an explanation that may be empty. */
  public record Fact(String label, String value, String more) {}

  /**
   * An event.
   *
   * @param at RFC 3339
   */
  public record Happening(String at, String ago, State state, String message) {}

  /** A listener. */
  public record DoorRow(
      String href,
      String name,
      State state,
      String trouble,
      String protocol,
      int port,
      String group,
      String groupHref,
      String connections,
      String opened,
      String toTarget,
      String toClient,
      String errors,
      String limit,
      List<String> sources) {}

  /** A target group with its targets. */
  public record Group(
      String href, String name, State state, String healthy, List<TargetRow> targets) {}

  /**
   * A target.
   *
   * @param strip its past, the oldest first; empty: nobody kept it
   */
  public record TargetRow(
      String address,
      int weight,
      State state,
      String since,
      String reason,
      String connections,
      List<Spell> strip) {}

  /**
   * A time in which a target was in one state, in the strip of {@link Chart#WIDTH}.
   *
   * @param title in words
   */
  public record Spell(String kind, String x, String width, String title) {}
}
