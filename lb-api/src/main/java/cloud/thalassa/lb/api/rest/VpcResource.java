package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.translate.Vpcs;
import cloud.thalassa.lb.api.wire.VpcRequest;
import cloud.thalassa.lb.api.wire.VpcView;
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

@Path("/v1/vpcs")
@RunOnVirtualThread
class VpcResource {
  private final Desk desk;

  VpcResource(Desk desk) {
    this.desk = desk;
  }

  @GET
  public List<VpcView> list(@Context UriInfo uri) {
    var wanted = Wanted.by(uri);
    var world = desk.world();
    return world.vpcs().stream()
        .map(it -> Vpcs.view(world, it))
        .filter(it -> wanted.matches(it.head()) && wanted.is("status", it.status()))
        .toList();
  }

  @POST
  @ResponseStatus(201)
  public VpcView create(@Nullable VpcRequest body) {
    var created = desk.create(Vpcs.create(desk.world(), Body.required(body)));
    return Vpcs.view(desk.world(), created);
  }

  @GET
  @Path("{id}")
  public VpcView get(String id) {
    var world = desk.world();
    return Vpcs.view(world, world.vpc(id));
  }

  @PUT
  @Path("{id}")
  public VpcView update(String id, @Nullable VpcRequest body) {
    var request = Body.required(body);
    var changed = desk.change(world -> world.vpc(id), (world, vpc) -> Vpcs.update(vpc, request));
    return Vpcs.view(desk.world(), changed);
  }

  @DELETE
  @Path("{id}")
  public void delete(String id) {
    var world = desk.world();
    var vpc = world.vpc(id);
    Vpcs.checkDeletion(world, vpc);
    desk.delete(vpc);
  }
}
