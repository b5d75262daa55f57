package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.translate.Listeners;
import cloud.thalassa.lb.api.wire.ListenerRequest;
import cloud.thalassa.lb.api.wire.ListenerView;
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

@Path("/v1/loadbalancers/{loadBalancer}/listeners")
@RunOnVirtualThread
public class ListenerResource {
  private final Desk desk;

  ListenerResource(Desk desk) {
    this.desk = desk;
  }

  @GET
  public List<ListenerView> list(String loadBalancer, @Context UriInfo uri) {
    var wanted = Wanted.by(uri);
    var world = desk.world();
    return world.listeners(world.loadBalancer(loadBalancer)).stream()
        .map(it -> Listeners.view(world, it))
        .filter(it -> wanted.matches(it.head()))
        .toList();
  }

  @POST
  @ResponseStatus(201)
  public ListenerView create(String loadBalancer, @Nullable ListenerRequest body) {
    var request = Body.required(body);
    var world = desk.world();
    var balancer = world.loadBalancer(loadBalancer);
    var listener = Listeners.create(world, balancer, request);
    var created = desk.create(Listeners.moved(listener, balancer));
    return Listeners.view(desk.world(), created);
  }

  @GET
  @Path("{id}")
  public ListenerView get(String loadBalancer, String id) {
    var world = desk.world();
    return Listeners.view(world, world.listener(world.loadBalancer(loadBalancer), id));
  }

  @PUT
  @Path("{id}")
  public ListenerView update(String loadBalancer, String id, @Nullable ListenerRequest body) {
    var request = Body.required(body);
    var changed =
        desk.change(
            world -> world.listener(world.loadBalancer(loadBalancer), id),
            (world, listener) ->
                Listeners.update(world, world.loadBalancer(loadBalancer), listener, request));
    return Listeners.view(desk.world(), changed);
  }

  @DELETE
  @Path("{id}")
  public void delete(String loadBalancer, String id) {
    var world = desk.world();
    desk.delete(world.listener(world.loadBalancer(loadBalancer), id));
  }
}
