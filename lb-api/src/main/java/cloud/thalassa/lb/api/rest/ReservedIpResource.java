package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.translate.Identity;
import cloud.thalassa.lb.api.translate.ReservedIps;
import cloud.thalassa.lb.api.translate.Seating;
import cloud.thalassa.lb.api.wire.AssociateRequest;
import cloud.thalassa.lb.api.wire.ReservedIpRequest;
import cloud.thalassa.lb.api.wire.ReservedIpView;
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

@Path("/v1/reserved-ips")
@RunOnVirtualThread
class ReservedIpResource {
  private final Desk desk;

  ReservedIpResource(Desk desk) {
    this.desk = desk;
  }

  @GET
  public List<ReservedIpView> list(@Context UriInfo uri) {
    var wanted = Wanted.by(uri);
    var world = desk.world();
    return world.reservedIps().stream()
        .map(it -> ReservedIps.view(world, it))
        .filter(it -> wanted.matches(it.head()) && matches(wanted, it))
        .toList();
  }

  private static boolean matches(Wanted wanted, ReservedIpView view) {
    var region = view.region();
    return wanted.is("status", view.status())
        && wanted.is("region", region.identity(), region.slug(), region.name())
        && wanted.is("reservedIp", view.head().identity(), view.head().slug(), view.ipv4Address());
  }

  @POST
  @ResponseStatus(201)
  public ReservedIpView create(@Nullable ReservedIpRequest body) {
    var created = desk.reserve(Body.required(body));
    return ReservedIps.view(desk.world(), created);
  }

  @GET
  @Path("{id}")
  public ReservedIpView get(String id) {
    var world = desk.world();
    return ReservedIps.view(world, world.reservedIp(id));
  }

  @PUT
  @Path("{id}")
  public ReservedIpView update(String id, @Nullable ReservedIpRequest body) {
    var request = Body.required(body);
    var changed =
        desk.change(
            world -> world.reservedIp(id), (world, claim) -> ReservedIps.update(claim, request));
    return ReservedIps.view(desk.world(), changed);
  }

  /** Who has it gets another address. */
  @DELETE
  @Path("{id}")
  public void delete(String id) {
    disassociate(id);
    desk.delete(desk.world().reservedIp(id));
  }

  @POST
  @Path("{id}/associate")
  public ReservedIpView associate(String id, @Nullable AssociateRequest body) {
    var request = Body.required(body);
    desk.change(
        world -> ReservedIps.target(world, request),
        (world, balancer) -> Seating.associated(world, balancer, world.reservedIp(id)));
    return get(id);
  }

  @POST
  @Path("{id}/disassociate")
  public ReservedIpView disassociate(String id) {
    var world = desk.world();
    var holder = world.holder(world.reservedIp(id)).map(Identity::of);
    holder.ifPresent(
        identity ->
            desk.change(
                it -> it.loadBalancer(identity),
                (it, balancer) -> Seating.associated(it, balancer, null)));
    return get(id);
  }
}
