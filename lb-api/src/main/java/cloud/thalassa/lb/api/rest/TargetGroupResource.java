package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.translate.TargetGroups;
import cloud.thalassa.lb.api.wire.TargetGroupRequest;
import cloud.thalassa.lb.api.wire.TargetGroupView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

@Path("/v1/loadbalancer-target-groups")
@RunOnVirtualThread
public class TargetGroupResource {
  private final Desk desk;

  TargetGroupResource(Desk desk) {
    this.desk = desk;
  }

  @GET
  public List<TargetGroupView> list(@Context UriInfo uri) {
    var wanted = Wanted.by(uri);
    var world = desk.world();
    return world.targetGroups().stream()
        .filter(wanted::mayBe)
        .map(it -> TargetGroups.view(world, it))
        .filter(it -> wanted.matches(it.head()))
        .filter(it -> wanted.is("vpc", it.vpc().identity(), it.vpc().slug()))
        .toList();
  }

  @POST
  @ResponseStatus(201)
  public TargetGroupView create(@Nullable TargetGroupRequest body) {
    var created = desk.create(TargetGroups.create(desk.world(), Body.required(body)));
    return TargetGroups.view(desk.world(), created);
  }

  @GET
  @Path("{id}")
  public TargetGroupView get(String id) {
    var world = desk.world();
    return TargetGroups.view(world, world.targetGroup(id));
  }

  @PUT
  @Path("{id}")
  public TargetGroupView update(String id, @Nullable TargetGroupRequest body) {
    var request = Body.required(body);
    var changed =
        desk.change(
            world -> world.targetGroup(id),
            (world, group) -> TargetGroups.update(world, group, request));
    return TargetGroups.view(desk.world(), changed);
  }

  @DELETE
  @Path("{id}")
  public void delete(String id) {
    var world = desk.world();
    var group = world.targetGroup(id);
    TargetGroups.checkDeletion(world, group);
    desk.delete(group);
  }
}
