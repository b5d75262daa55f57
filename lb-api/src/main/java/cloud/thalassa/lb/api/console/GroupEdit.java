package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.rest.Desk;
import cloud.thalassa.lb.api.rest.TargetGroupResource;
import cloud.thalassa.lb.api.translate.TargetGroups;
import cloud.thalassa.lb.api.wire.TargetGroupView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** Making, changing and deleting target groups. */
@Path("/console/target-groups")
@RunOnVirtualThread
class GroupEdit {
  private static final String SECTION = "groups";
  private static final String NEW = "New target group";
  private static final String DELETE = "Delete target group";

  private final Desk desk;
  private final TargetGroupResource groups;
  private final Forms forms;

  GroupEdit(Desk desk, TargetGroupResource groups, Forms forms) {
    this.desk = desk;
    this.groups = groups;
    this.forms = forms;
  }

  @GET
  @Path("new")
  public Response blank() {
    return forms.show(NEW, SECTION, blank(Form.empty()));
  }

  @POST
  @Path("new/check")
  public Response check(Form form) {
    return forms.check(
        blank(form),
        () -> List.of(TargetGroups.create(desk.world(), GroupForm.request(form, Map.of()))));
  }

  @POST
  @Path("new")
  public Response create(Form form) {
    return forms.submit(
        NEW,
        SECTION,
        blank(form),
        () -> Addresses.group(groups.create(GroupForm.request(form, Map.of())).head().identity()));
  }

  @GET
  @Path("{id}/edit")
  public Response edit(String id) {
    var view = groups.get(id);
    return forms.show(title(view), SECTION, changing(GroupForm.of(view), view));
  }

  @POST
  @Path("{id}/edit/check")
  public Response check(String id, Form form) {
    var view = groups.get(id);
    return forms.check(
        changing(form, view),
        () -> {
          var world = desk.world();
          return List.of(
              TargetGroups.update(
                  world,
                  world.targetGroup(id),
                  GroupForm.request(form, view.head().annotations())));
        });
  }

  @POST
  @Path("{id}/edit")
  public Response update(String id, Form form) {
    var view = groups.get(id);
    return forms.submit(
        title(view),
        SECTION,
        changing(form, view),
        () ->
            Addresses.group(
                groups
                    .update(id, GroupForm.request(form, view.head().annotations()))
                    .head()
                    .identity()));
  }

  @GET
  @Path("{id}/delete")
  public Response ask(String id) {
    return forms.ask(DELETE, SECTION, question(id, ""));
  }

  @POST
  @Path("{id}/delete")
  public Response delete(String id, Form form) {
    return forms.delete(
        DELETE,
        SECTION,
        problem -> question(id, problem),
        () -> groups.delete(id),
        Addresses.GROUPS);
  }

  private Confirmation question(String id, String problem) {
    return new Confirmation(
        "Delete target group %s?".formatted(groups.get(id).head().name()),
        "Its targets go on running. Listeners that lead to it must be changed first.",
        Addresses.group(id) + "/delete",
        Addresses.group(id),
        DELETE,
        problem);
  }

  private FormView blank(Form form) {
    return FormView.of(
        Addresses.GROUPS + "/new",
        Addresses.GROUPS,
        "Create target group",
        "",
        GroupForm.sections(desk.world(), form, null));
  }

  private FormView changing(Form form, TargetGroupView view) {
    var there = Addresses.group(view.head().identity());
    return FormView.of(
        there + "/edit",
        there,
        "Save changes",
        form.version(view.head().objectVersion()),
        GroupForm.sections(desk.world(), form.with("vpc", view.vpc().identity()), view));
  }

  private static String title(TargetGroupView view) {
    return "Change target group " + view.head().name();
  }
}
