package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.translate.Listeners;
import cloud.thalassa.lb.api.translate.LoadBalancers;
import cloud.thalassa.lb.api.wire.ListenerRequest;
import cloud.thalassa.lb.api.wire.LoadBalancerCreate;
import cloud.thalassa.lb.api.wire.LoadBalancerUpdate;
import cloud.thalassa.lb.api.wire.LoadBalancerView;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

@Path("/v1/loadbalancers")
@RunOnVirtualThread
public class LoadBalancerResource {
  private final Desk desk;

  LoadBalancerResource(Desk desk) {
    this.desk = desk;
  }

  @GET
  public List<LoadBalancerView> list(@Context UriInfo uri) {
    var wanted = Wanted.by(uri);
    var world = desk.world();
    return world.loadBalancers().stream()
        .filter(wanted::mayBe)
        .map(it -> LoadBalancers.view(world, it))
        .filter(it -> wanted.matches(it.head()) && matches(wanted, it))
        .toList();
  }

  private static boolean matches(Wanted wanted, LoadBalancerView view) {
    var region = view.vpc().cloudRegion();
    return wanted.is("vpc", view.vpc().identity(), view.vpc().slug())
        && wanted.is("subnet", view.subnet().identity(), view.subnet().slug())
        && wanted.is("region", region.identity(), region.slug(), region.name())
        && wanted.is("status", view.status())
        && wanted.is("loadbalancer", view.head().identity(), view.head().slug());
  }

  @POST
  @ResponseStatus(201)
  public LoadBalancerView create(@Nullable LoadBalancerCreate body) {
    var plan = plan(Body.required(body));
    var created = desk.create(plan.balancer);
    plan.listeners.forEach(listener -> desk.create(Listeners.moved(listener, created)));
    var addressed = desk.addressed(created);
    return LoadBalancers.view(desk.world(), addressed);
  }

  /** What is to be created. */
  public record Plan(LoadBalancer balancer, List<Listener> listeners) {}

  /** All of it before the first object is created: what is wrong with one is found in time. */
  public Plan plan(LoadBalancerCreate request) {
    var world = desk.world();
    var balancer = LoadBalancers.create(world, request);
    var requests = request.listeners();
    var planned = new ArrayList<Listener>();
    for (var listener : requests == null ? List.<ListenerRequest>of() : requests) {
      planned.add(Listeners.create(world, balancer, planned, Body.required(listener)));
    }
    return new Plan(balancer, planned);
  }

  @GET
  @Path("{id}")
  public LoadBalancerView get(String id) {
    var world = desk.world();
    return LoadBalancers.view(world, world.loadBalancer(id));
  }

  @PUT
  @Path("{id}")
  public LoadBalancerView update(String id, @Nullable LoadBalancerUpdate body) {
    var request = Body.required(body);
    var changed =
        desk.change(
            world -> world.loadBalancer(id),
            (world, balancer) -> LoadBalancers.update(world, balancer, request));
    return LoadBalancers.view(desk.world(), changed);
  }

  /** With its listeners; target groups stay. */
  @DELETE
  @Path("{id}")
  public void delete(String id) {
    var world = desk.world();
    var balancer = world.loadBalancer(id);
    LoadBalancers.checkDeletion(balancer);
    desk.delete(balancer, world.listeners(balancer));
  }
}
