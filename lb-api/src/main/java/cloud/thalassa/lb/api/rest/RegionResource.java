package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.translate.Refusal;
import cloud.thalassa.lb.api.translate.Regions;
import cloud.thalassa.lb.api.wire.RegionView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;

@Path("/v1/regions")
@RunOnVirtualThread
class RegionResource {
  private final Desk desk;

  RegionResource(Desk desk) {
    this.desk = desk;
  }

  @GET
  public List<RegionView> list() {
    var world = desk.world();
    return List.of(Regions.view(world.region(), world.nodes()));
  }

  @GET
  @Path("{id}")
  public RegionView get(String id) {
    var world = desk.world();
    if (!Regions.is(world.region(), id)) {
      throw Refusal.notFound("region", id);
    }
    return Regions.view(world.region(), world.nodes());
  }
}
