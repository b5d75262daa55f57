package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.console.FormView.Section;
import cloud.thalassa.lb.api.translate.World;
import cloud.thalassa.lb.api.wire.ListenerRequest;
import cloud.thalassa.lb.api.wire.ListenerView;
import cloud.thalassa.lb.api.wire.LoadBalancerView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form of a listener, and the request that it stands for. */
final class ListenerForm {
  private ListenerForm() {}

  /**
   * @param known null: it is a new one
   */
  static List<Section> sections(
      World world, LoadBalancerView balancer, Form form, @Nullable ListenerView known) {
    var groups =
        Choices.targetGroups(world, it -> it.vpc().identity().equals(balancer.vpc().identity()));
    return List.of(
        new Section(
            "Listener",
            "",
            List.of(
                Field.text("name", "Name", form).needed(),
                Field.select("protocol", "Protocol", form, Choices.PROTOCOLS).fixed(known != null),
                Field.number("port", "Port", form).needed().hint("1 to 65535"),
                Field.select("targetGroup", "Target group", form, groups)
                    .needed()
                    .hint(
                        groups.isEmpty()
                            ? "this VPC has none yet: make one first"
                            : "gets all connections"))),
        new Section(
            "Limits",
            "",
            List.of(
                Field.area("allowedSources", "Allowed sources", form)
                    .hint("networks and addresses, one on each line; empty: everybody"),
                Field.number("maxConnections", "Most connections", form)
                    .hint("of the whole listener; empty: 10,000; 0: no limit"),
                Field.number("connectionIdleTimeout", "Idle timeout, seconds", form)
                    .hint("empty: 6,000 for TCP, 60 for UDP"))),
        new Section(
            "About it",
            "",
            List.of(
                Field.text("description", "Description", form),
                Field.area("labels", "Labels", form).hint("one key=value on each line"))));
  }

  static Form of(ListenerView view) {
    return Form.empty()
        .with("name", view.head().name())
        .with("description", view.head().description())
        .with("labels", Form.text(view.head().labels()))
        .with("port", view.port())
        .with("protocol", view.protocol())
        .with("targetGroup", view.targetGroup() == null ? null : view.targetGroup().identity())
        .with("maxConnections", view.maxConnections())
        .with("connectionIdleTimeout", view.connectionIdleTimeout())
        .with("allowedSources", String.join("\n", view.allowedSources()));
  }

  /**
   * @param annotations that the form does not show
   */
  static ListenerRequest request(Form form, Map<String, String> annotations) {
    var sources = form.lines("allowedSources");
    return new ListenerRequest(
        form.text("name"),
        form.text("description"),
        form.pairs("labels"),
        annotations,
        form.number("objectVersion"),
        form.integer("port"),
        form.text("protocol"),
        form.textOrNull("targetGroup"),
        form.number("maxConnections"),
        form.number("connectionIdleTimeout"),
        sources.isEmpty() ? null : sources);
  }
}
