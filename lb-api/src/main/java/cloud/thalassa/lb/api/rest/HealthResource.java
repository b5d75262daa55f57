package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.objects.ObjectStore;
import cloud.thalassa.lb.api.translate.Healths;
import cloud.thalassa.lb.api.wire.HealthView;
import cloud.thalassa.lb.crds.HealthReport;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

@Path("/v1/loadbalancers/{id}/health")
@RunOnVirtualThread
public class HealthResource {
  private final Desk desk;
  private final ObjectStore objects;

  HealthResource(Desk desk, ObjectStore objects) {
    this.desk = desk;
    this.objects = objects;
  }

  /** Each target, with the reason for its state and since when. */
  @GET
  public HealthView get(String id) {
    var world = desk.world();
    var balancer = world.loadBalancer(id);
    var namespace = balancer.getMetadata().getNamespace();
    return Healths.view(
        world,
        balancer,
        objects.in(EndpointSlice.class, namespace),
        objects.in(HealthReport.class, namespace));
  }
}
