package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.translate.Subnets;
import cloud.thalassa.lb.api.wire.SubnetRequest;
import cloud.thalassa.lb.api.wire.SubnetView;
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

@Path("/v1/subnets")
@RunOnVirtualThread
class SubnetResource {
  private final Desk desk;

  SubnetResource(Desk desk) {
    this.desk = desk;
  }

  @GET
  public List<SubnetView> list(@Context UriInfo uri) {
    var wanted = Wanted.by(uri);
    var world = desk.world();
    return world.seats().stream()
        .map(it -> Subnets.view(world, it))
        .filter(it -> wanted.matches(it.head()))
        .filter(it -> wanted.is("vpc", it.vpc().identity(), it.vpc().slug()))
        .toList();
  }

  @POST
  @ResponseStatus(201)
  public SubnetView create(@Nullable SubnetRequest body) {
    var request = Body.required(body);
    var created = desk.create(Subnets.create(desk.world(), request));
    var world = desk.world();
    return Subnets.view(world, Subnets.seat(world, created));
  }

  @GET
  @Path("{id}")
  public SubnetView get(String id) {
    var world = desk.world();
    return Subnets.view(world, world.seat(id));
  }

  @PUT
  @Path("{id}")
  public SubnetView update(String id, @Nullable SubnetRequest body) {
    var request = Body.required(body);
    desk.change(
        world -> Subnets.owned(world, world.seat(id), "changed"),
        (world, subnet) -> Subnets.update(subnet, request));
    return get(id);
  }

  @DELETE
  @Path("{id}")
  public void delete(String id) {
    var world = desk.world();
    desk.delete(Subnets.deletion(world, world.seat(id)));
  }
}
