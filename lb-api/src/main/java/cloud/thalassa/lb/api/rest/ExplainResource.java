package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.objects.ObjectStore;
import cloud.thalassa.lb.api.replica.Replicas;
import cloud.thalassa.lb.api.translate.Explanations;
import cloud.thalassa.lb.api.wire.ExplanationView;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

@Path("/v1/loadbalancers/{id}/explain")
@RunOnVirtualThread
public class ExplainResource {
  private final Desk desk;
  private final ObjectStore objects;
  private final Replicas replicas;

  ExplainResource(Desk desk, ObjectStore objects, Replicas replicas) {
    this.desk = desk;
    this.objects = objects;
    this.replicas = replicas;
  }

  /** What would become of a connection, and why; a replica answers. */
  @GET
  public ExplanationView explain(
      String id,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("protocol") @Nullable String protocol) {
    var world = desk.world();
    var balancer = world.loadBalancer(id);
    var question = Explanations.question(balancer, from, to, protocol);
    var slices = objects.in(EndpointSlice.class, balancer.getMetadata().getNamespace());
    var answer = replicas.explain(balancer, slices, question);
    return Explanations.view(world, balancer, answer.replica(), answer.explanation());
  }
}
