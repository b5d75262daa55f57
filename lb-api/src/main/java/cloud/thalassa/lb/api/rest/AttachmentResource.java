package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.translate.Attachments;
import cloud.thalassa.lb.api.translate.TargetGroups;
import cloud.thalassa.lb.api.wire.AttachRequest;
import cloud.thalassa.lb.api.wire.AttachmentView;
import cloud.thalassa.lb.api.wire.AttachmentsRequest;
import cloud.thalassa.lb.api.wire.TargetGroupView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

@Path("/v1/loadbalancer-target-groups")
@RunOnVirtualThread
public class AttachmentResource {
  private final InstantSource clock = InstantSource.system();
  private final Desk desk;

  AttachmentResource(Desk desk) {
    this.desk = desk;
  }

  /** All of these and no others. */
  @POST
  @Path("{id}/attachments")
  public TargetGroupView replace(String id, @Nullable AttachmentsRequest body) {
    var attachments = Body.required(body).attachments();
    var now = now();
    var changed =
        desk.change(
            world -> world.targetGroup(id),
            (world, group) -> Attachments.replace(world, group, attachments, now));
    return TargetGroups.view(desk.world(), changed);
  }

  /** One more. */
  @POST
  @Path("{id}/attach")
  public AttachmentView attach(String id, @Nullable AttachRequest body) {
    var request = Body.required(body);
    var now = now();
    var changed =
        desk.change(
            world -> world.targetGroup(id),
            (world, group) -> Attachments.attach(world, group, request, now));
    return Attachments.view(changed, desk.world(), request);
  }

  /** By the identity of the attachment, or of the machine. */
  @DELETE
  @Path("{id}/detach/{attachment}")
  public void detach(String id, String attachment) {
    desk.change(
        world -> world.targetGroup(id), (world, group) -> Attachments.detach(group, attachment));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
