package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.tenant.QuotaRequests;
import cloud.thalassa.lb.api.tenant.QuotaRequests.Asked;
import cloud.thalassa.lb.api.translate.Quota;
import cloud.thalassa.lb.api.translate.Refusal;
import cloud.thalassa.lb.api.translate.Text;
import cloud.thalassa.lb.api.translate.World;
import cloud.thalassa.lb.api.wire.IncreaseRequest;
import cloud.thalassa.lb.api.wire.QuotaView;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** How many of a thing the organisation may have; the platform decides who gets more. */
@Path("/v1/quotas")
class QuotaResource {
  private static final int LONGEST_REASON = 4096;

  private final Desk desk;
  private final Visitor visitor;
  private final Limits limits;
  private final QuotaRequests requests;

  QuotaResource(Desk desk, Visitor visitor, Limits limits, QuotaRequests requests) {
    this.desk = desk;
    this.visitor = visitor;
    this.limits = limits;
    this.requests = requests;
  }

  @GET
  public Uni<List<QuotaView>> list() {
    var world = desk.world();
    return requests
        .of(visitor.organisation().identity())
        .map(asked -> Arrays.stream(Quota.values()).map(it -> view(it, world, asked)).toList());
  }

  @GET
  @Path("{name}")
  public Uni<QuotaView> get(String name) {
    var world = desk.world();
    var quota = Quota.named(name).orElseThrow(() -> Refusal.notFound("quota", name));
    return requests.of(visitor.organisation().identity()).map(asked -> view(quota, world, asked));
  }

  @POST
  @Path("increase-requests")
  @ResponseStatus(201)
  public Uni<QuotaView.Increase> ask(@Nullable IncreaseRequest body) {
    var request = Body.required(body);
    var name = Text.required("name", request.name());
    var quota = Quota.named(name).orElseThrow(() -> Refusal.unknown("name", "quota", name));
    var most = Body.given("newMaxUsage", request.newMaxUsage());
    long now = limits.of(quota, visitor.organisation());
    if (most <= now) {
      throw Refusal.invalid(
          "newMaxUsage", "%d is not more than the %d of now".formatted(most, now));
    }
    var reason = Text.bounded("reason", request.reason(), LONGEST_REASON);
    return requests
        .ask(visitor.organisation().identity(), quota.word(), most, reason)
        .map(
            asked ->
                asked
                    .map(QuotaResource::view)
                    .orElseThrow(
                        () ->
                            Refusal.conflict(
                                "%d requests of your organisation wait for an answer already"
                                    .formatted(QuotaRequests.MOST_PENDING))));
  }

  private QuotaView view(Quota quota, World world, List<Asked> asked) {
    var organisation = visitor.organisation();
    return new QuotaView(
        quota.word(),
        quota.description(),
        "iaas",
        organisation.createdAt(),
        limits.of(quota, organisation),
        quota.usage(world),
        "count",
        asked.stream()
            .filter(it -> it.quota().equals(quota.word()))
            .map(QuotaResource::view)
            .toList(),
        world.organisation());
  }

  private static QuotaView.Increase view(Asked asked) {
    return new QuotaView.Increase(
        asked.identity(),
        asked.most(),
        asked.reason(),
        asked.createdAt(),
        asked.updatedAt(),
        asked.decision(),
        asked.decisionReason());
  }
}
