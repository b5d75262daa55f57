package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.console.FormView.Section;
import cloud.thalassa.lb.api.translate.World;
import cloud.thalassa.lb.api.wire.HealthCheckBody;
import cloud.thalassa.lb.api.wire.TargetGroupRequest;
import cloud.thalassa.lb.api.wire.TargetGroupView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form of a target group, and the request that it stands for. */
final class GroupForm {
  private static final List<Choice> POLICIES =
      List.of(
          new Choice("", "Round robin (default)", false),
          new Choice("ROUND_ROBIN", "Round robin", false),
          new Choice("RANDOM", "Random", false),
          new Choice("MAGLEV", "Maglev: the same client, the same target", false));
  private static final List<Choice> CHECKS =
      List.of(
          new Choice("", "None: readiness of pods decides", false),
          new Choice("tcp", "TCP: it accepts a connection", false),
          new Choice("http", "HTTP: it answers with 200 to 399", false));

  private GroupForm() {}

  /**
   * @param known null: it is a new one
   */
  static List<Section> sections(World world, Form form, @Nullable TargetGroupView known) {
    return List.of(
        new Section(
            "Target group",
            "",
            List.of(
                Field.text("name", "Name", form).needed(),
                Field.select("vpc", "VPC", form, Choices.vpcs(world)).fixed(known != null),
                Field.select("protocol", "Protocol", form, Choices.PROTOCOLS),
                Field.number("targetPort", "Port of the targets", form).needed().hint("1 to 65535"),
                Field.select("loadbalancingPolicy", "Policy", form, POLICIES),
                Field.check("enableProxyProtocol", "PROXY protocol", form)
                    .hint("targets read the client's address before the first byte"))),
        new Section(
            "Targets",
            "Pods by their labels; machines are attached on the target group's page.",
            List.of(
                Field.area("targetSelector", "Labels of pods", form)
                    .hint("one key=value on each line; all must match"))),
        new Section(
            "Health check",
            "",
            List.of(
                Field.select("healthCheck.protocol", "Check", form, CHECKS),
                Field.text("healthCheck.path", "Path", form).hint("HTTP only; empty: /"),
                Field.number("healthCheck.port", "Port", form).hint("empty: the target's"),
                Field.number("healthCheck.periodSeconds", "Every, seconds", form).hint("empty: 10"),
                Field.number("healthCheck.timeoutSeconds", "Timeout, seconds", form)
                    .hint("empty: 5"),
                Field.number("healthCheck.healthyThreshold", "Healthy after", form)
                    .hint("successes in a row; empty: 2"),
                Field.number("healthCheck.unhealthyThreshold", "Unhealthy after", form)
                    .hint("failures in a row; empty: 3"))),
        new Section(
            "About it",
            "",
            List.of(
                Field.text("description", "Description", form),
                Field.area("labels", "Labels", form).hint("one key=value on each line"))));
  }

  static Form of(TargetGroupView view) {
    var form =
        Form.empty()
            .with("name", view.head().name())
            .with("description", view.head().description())
            .with("labels", Form.text(view.head().labels()))
            .with("vpc", view.vpc().identity())
            .with("protocol", view.protocol())
            .with("targetPort", view.targetPort())
            .with("loadbalancingPolicy", view.loadbalancingPolicy())
            .with(
                "enableProxyProtocol", Boolean.TRUE.equals(view.enableProxyProtocol()) ? "on" : "")
            .with("targetSelector", Form.text(view.targetSelector()));
    var check = view.healthCheck();
    return check == null
        ? form
        : form.with("healthCheck.protocol", check.protocol())
            .with("healthCheck.path", check.path())
            .with("healthCheck.port", given(check.port()))
            .with("healthCheck.periodSeconds", given(check.periodSeconds()))
            .with("healthCheck.timeoutSeconds", given(check.timeoutSeconds()))
            .with("healthCheck.healthyThreshold", given(check.healthyThreshold()))
            .with("healthCheck.unhealthyThreshold", given(check.unhealthyThreshold()));
  }

  /** 0 means the default, which an empty field is. */
  private static @Nullable Integer given(@Nullable Integer number) {
    return number == null || number == 0 ? null : number;
  }

  /**
   * @param annotations that the form does not show
   */
  static TargetGroupRequest request(Form form, Map<String, String> annotations) {
    return new TargetGroupRequest(
        form.text("name"),
        form.text("description"),
        form.pairs("labels"),
        annotations,
        form.number("objectVersion"),
        form.textOrNull("vpc"),
        form.integer("targetPort"),
        form.text("protocol"),
        form.pairs("targetSelector"),
        form.checked("enableProxyProtocol"),
        form.textOrNull("loadbalancingPolicy"),
        check(form));
  }

  private static @Nullable HealthCheckBody check(Form form) {
    var protocol = form.textOrNull("healthCheck.protocol");
    return protocol == null
        ? null
        : new HealthCheckBody(
            protocol,
            form.integer("healthCheck.port"),
            form.textOrNull("healthCheck.path"),
            form.integer("healthCheck.periodSeconds"),
            form.integer("healthCheck.timeoutSeconds"),
            form.integer("healthCheck.unhealthyThreshold"),
            form.integer("healthCheck.healthyThreshold"));
  }
}
