package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.rest.AttachmentResource;
import cloud.thalassa.lb.api.rest.Desk;
import cloud.thalassa.lb.api.rest.Problem;
import cloud.thalassa.lb.api.wire.AttachRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** Target groups, and the machines in them. */
@Path("/console/target-groups")
@RunOnVirtualThread
class GroupsPage {
  private static final String SECTION = "groups";

  private final Desk desk;
  private final AttachmentResource attachments;
  private final Pages pages;

  GroupsPage(Desk desk, AttachmentResource attachments, Pages pages) {
    this.desk = desk;
    this.attachments = attachments;
    this.pages = pages;
  }

  @GET
  public Response list() {
    var world = desk.world();
    var groups = world.targetGroups().stream().map(it -> Grouped.of(world, it, "")).toList();
    return Pages.ok(Templates.groups(pages.page("Target groups", SECTION), groups));
  }

  @GET
  @Path("{id}")
  public Response get(String id) {
    return answer(200, id, "");
  }

  @POST
  @Path("{id}/attach")
  public Response attach(String id, Form form) {
    try {
      attachments.attach(id, new AttachRequest(form.textOrNull("serverIdentity"), null));
      return Addresses.seeOther(Addresses.group(id));
    } catch (RuntimeException failure) {
      var problem = Problem.of(failure).orElseThrow(() -> failure);
      return answer(problem.status(), id, problem.message());
    }
  }

  @POST
  @Path("{id}/detach")
  public Response detach(String id, Form form) {
    attachments.detach(id, form.text("attachment"));
    return Addresses.seeOther(Addresses.group(id));
  }

  private Response answer(int status, String id, String problem) {
    var world = desk.world();
    var group = Grouped.of(world, world.targetGroup(id), problem);
    return Pages.answer(status, Templates.group(pages.page(group.name(), SECTION), group));
  }
}
