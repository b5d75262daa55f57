package cloud.thalassa.lb.api.console;

import static java.util.stream.Collectors.toSet;

import cloud.thalassa.lb.api.objects.ObjectStore;
import cloud.thalassa.lb.api.replica.Flow;
import cloud.thalassa.lb.api.replica.Flows;
import cloud.thalassa.lb.api.rest.Desk;
import cloud.thalassa.lb.api.rest.HealthResource;
import cloud.thalassa.lb.api.rest.Visitor;
import cloud.thalassa.lb.api.translate.World;
import cloud.thalassa.lb.crds.LoadBalancer;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;

@Path("/console/loadbalancers")
@RunOnVirtualThread
class BalancerPage {
  private final InstantSource clock = InstantSource.system();
  private final Desk desk;
  private final HealthResource healths;
  private final ObjectStore objects;
  private final Flows flows;
  private final PastReader pasts;
  private final Visitor visitor;
  private final Pages pages;

  BalancerPage(
      Desk desk,
      HealthResource healths,
      ObjectStore objects,
      Flows flows,
      PastReader pasts,
      Visitor visitor,
      Pages pages) {
    this.desk = desk;
    this.healths = healths;
    this.objects = objects;
    this.flows = flows;
    this.pasts = pasts;
    this.visitor = visitor;
    this.pages = pages;
  }

  @GET
  @Path("{id}")
  public Response get(String id) {
    var detail = detail(id);
    return Pages.ok(Templates.balancer(pages.page(detail.name(), "balancers"), detail));
  }

  /** What changes while one looks at it. */
  @GET
  @Path("{id}/live")
  public Response live(String id) {
    return Pages.ok(Templates.balancerLive(detail(id)));
  }

  private BalancerDetail detail(String id) {
    var world = desk.world();
    var balancer = world.loadBalancer(id);
    var now = clock.instant();
    var past = pasts.of(visitor.organisation().identity(), world, balancer, now);
    return new Scene(world, balancer, healths.get(id), flow(world, balancer), past, now).detail();
  }

  private Flow flow(World world, LoadBalancer balancer) {
    var listeners = world.listeners(balancer);
    var groups =
        listeners.stream()
            .flatMap(it -> world.targetGroups(it).stream())
            .map(it -> it.getMetadata().getNamespace() + "/" + it.getMetadata().getName())
            .collect(toSet());
    var slices = objects.in(EndpointSlice.class, balancer.getMetadata().getNamespace());
    return flows.of(balancer, listeners, groups, slices);
  }
}
