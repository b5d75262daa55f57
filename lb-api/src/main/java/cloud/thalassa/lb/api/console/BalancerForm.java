package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.console.FormView.Section;
import cloud.thalassa.lb.api.translate.World;
import cloud.thalassa.lb.api.wire.ListenerRequest;
import cloud.thalassa.lb.api.wire.LoadBalancerCreate;
import cloud.thalassa.lb.api.wire.LoadBalancerUpdate;
import cloud.thalassa.lb.api.wire.LoadBalancerView;
import cloud.thalassa.lb.api.wire.Ref;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of a load balancer, and the requests that it stands for. */
final class BalancerForm {
  private BalancerForm() {}

  /** The sections of a new one, with its first listener. */
  static List<Section> blank(World world, Form form) {
    var sections = new ArrayList<>(sections(world, form, null));
    sections.add(
        new Section(
            "First listener",
            "Optional: more are added later. Its target group lies in the same VPC as the subnet.",
            List.of(
                Field.number("port", "Port", form).hint("1 to 65535"),
                Field.select("protocol", "Protocol", form, Choices.PROTOCOLS),
                Field.select(
                    "targetGroup",
                    "Target group",
                    form,
                    Choices.or("No listener yet", Choices.targetGroups(world, _ -> true))))));
    return sections;
  }

  /**
   * @param known null: it is a new one
   */
  static List<Section> sections(World world, Form form, @Nullable LoadBalancerView known) {
    var own = known == null ? null : known.reservedIpIdentity();
    var network = new ArrayList<Field>();
    network.add(
        Field.select("subnet", "Subnet", form, Choices.subnets(world))
            .needed()
            .hint("says where its addresses come from"));
    if (known == null) {
      network.add(
          Field.check("internalLoadbalancer", "Internal", form)
              .hint("reached from inside the cluster only; cannot be changed later"));
    }
    network.add(
        Field.select(
                "reservedIpId",
                "Address",
                form,
                Choices.or("Any free address", Choices.reservedIps(world, own)))
            .hint("a reserved IP stays yours when the load balancer goes"));
    network.add(
        Field.checks(
                "securityGroupAttachments", "Security groups", form, Choices.securityGroups(world))
            .hint("with at least one, a connection needs a rule that allows it"));
    return List.of(
        new Section(
            "Load balancer",
            "",
            List.of(
                Field.text("name", "Name", form).needed(),
                Field.text("description", "Description", form),
                Field.check("deleteProtection", "Deletion protection", form)
                    .hint("it cannot be deleted while this is on"),
                Field.area("labels", "Labels", form).hint("one key=value on each line"))),
        new Section("Network", "", network));
  }

  static Form of(LoadBalancerView view) {
    return Form.empty()
        .with("name", view.head().name())
        .with("description", view.head().description())
        .with("deleteProtection", view.deleteProtection() ? "on" : "")
        .with("labels", Form.text(view.head().labels()))
        .with("subnet", view.subnetIdentity())
        .with("reservedIpId", view.reservedIpIdentity())
        .with(
            "securityGroupAttachments", view.securityGroups().stream().map(Ref::identity).toList());
  }

  static LoadBalancerCreate create(Form form) {
    return new LoadBalancerCreate(
        form.text("name"),
        form.text("description"),
        form.pairs("labels"),
        null,
        form.text("subnet"),
        form.checked("internalLoadbalancer"),
        form.checked("deleteProtection"),
        listeners(form),
        form.all("securityGroupAttachments"),
        form.textOrNull("reservedIpId"));
  }

  private static List<ListenerRequest> listeners(Form form) {
    var port = form.integer("port");
    var group = form.textOrNull("targetGroup");
    if (port == null && group == null) {
      return List.of();
    }
    var protocol = form.text("protocol");
    return List.of(
        new ListenerRequest(
            protocol + "-" + port, "", null, null, null, port, protocol, group, null, null, null));
  }

  /**
   * @param known what the form does not show stays as it is there
   */
  static LoadBalancerUpdate update(Form form, LoadBalancerView known) {
    return new LoadBalancerUpdate(
        form.text("name"),
        form.text("description"),
        form.pairs("labels"),
        known.head().annotations(),
        form.number("objectVersion"),
        form.textOrNull("subnet"),
        form.checked("deleteProtection"),
        form.all("securityGroupAttachments"),
        form.text("reservedIpId"));
  }
}
