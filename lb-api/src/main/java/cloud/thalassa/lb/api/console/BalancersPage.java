package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.rest.Desk;
import cloud.thalassa.lb.api.translate.World;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

@Path("/console/loadbalancers")
@RunOnVirtualThread
class BalancersPage {
  private final InstantSource clock = InstantSource.system();
  private final Desk desk;
  private final Pages pages;

  BalancersPage(Desk desk, Pages pages) {
    this.desk = desk;
    this.pages = pages;
  }

  @GET
  public Response list(
      @QueryParam("name") @Nullable String name, @QueryParam("state") @Nullable String state) {
    return Pages.ok(
        Templates.balancers(pages.page("Load balancers", "balancers"), of(name, state)));
  }

  /** The table alone, which asks again and again. */
  @GET
  @Path("live")
  public Response live(
      @QueryParam("name") @Nullable String name, @QueryParam("state") @Nullable String state) {
    return Pages.ok(Templates.balancersLive(of(name, state)));
  }

  private BalancerList of(@Nullable String name, @Nullable String state) {
    World world = desk.world();
    return Glance.at(
        world,
        name == null ? "" : name.strip(),
        state == null ? "" : state.toLowerCase(Locale.ROOT),
        clock.instant());
  }
}
