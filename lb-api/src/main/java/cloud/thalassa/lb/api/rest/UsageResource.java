package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.history.History;
import cloud.thalassa.lb.api.history.UsageQuestion;
import cloud.thalassa.lb.api.translate.Events;
import cloud.thalassa.lb.api.wire.UsageView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

@Path("/v1/loadbalancers/{id}/usage")
@RunOnVirtualThread
class UsageResource {
  private final InstantSource clock = InstantSource.system();
  private final Desk desk;
  private final History history;
  private final Visitor visitor;

  UsageResource(Desk desk, History history, Visitor visitor) {
    this.desk = desk;
    this.history = history;
    this.visitor = visitor;
  }

  /** Connections and bytes by listener, for each minute or hour. */
  @GET
  public UsageView get(
      String id,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("step") @Nullable String step) {
    var world = desk.world();
    var balancer = world.loadBalancer(id);
    var question = UsageQuestion.parse(from, to, step, clock.instant());
    var points = history.usage(visitor.organisation().identity(), balancer, question);
    return Events.usage(
        world,
        balancer,
        question.from().toString(),
        question.to().toString(),
        question.step(),
        points);
  }
}
