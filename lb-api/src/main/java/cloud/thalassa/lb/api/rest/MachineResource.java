package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.translate.Machines;
import cloud.thalassa.lb.api.translate.Refusal;
import cloud.thalassa.lb.api.wire.MachineView;
import io.fabric8.kubernetes.api.model.Namespace;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Path("/v1/machines")
@RunOnVirtualThread
class MachineResource {
  private final Desk desk;

  MachineResource(Desk desk) {
    this.desk = desk;
  }

  @GET
  public List<MachineView> list(@QueryParam("vpc") @Nullable String vpc, @Context UriInfo uri) {
    var wanted = Wanted.by(uri);
    var world = desk.world();
    if (vpc != null && !vpc.isEmpty() && world.findVpc(vpc).isEmpty()) {
      return List.of();
    }
    Namespace asked =
        vpc == null || vpc.isEmpty()
            ? world.vpcs().stream().findFirst().orElse(null)
            : world.vpc(vpc);
    return world.nodes().stream()
        .map(it -> Machines.view(world, it, asked))
        .filter(it -> wanted.matches(it.head()) && wanted.is("status", it.status().status()))
        .toList();
  }

  @GET
  @Path("{id}")
  public MachineView get(String id) {
    var world = desk.world();
    var node = world.findNode(id).orElseThrow(() -> Refusal.notFound("machine", id));
    return Machines.view(world, node, world.vpcs().stream().findFirst().orElse(null));
  }
}
