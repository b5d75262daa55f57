package cloud.thalassa.lb.api.console;

import java.util.List;

/**
 * A target group.
 *
 * @param healthy of all, or empty
 * @param selector of pods, one {@code key=value} after the other
 * @param users listeners that lead to it
 * @param machines that can be attached
 * @param problem why the last attachment was not made, or empty
 */
public record GroupDetail(
    String href,
    String identity,
    String name,
    String description,
    State state,
    String healthy,
    String protocol,
    int port,
    String policy,
    String vpc,
    String selector,
    String check,
    List<Link> users,
    List<Link> attachments,
    List<Choice> machines,
    String problem) {

  public record Link(String href, String name) {}
}
