package cloud.thalassa.lb.operator.gateway;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Reason;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import cloud.thalassa.lb.operator.status.Conditions;
import cloud.thalassa.lb.operator.status.Finding;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatusBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the owner of a route reads of its Gateways. */
public final class RouteStatuses {
  private final Route route;
  private final Surroundings surroundings;
  private final Instant now;

  private RouteStatuses(Route route, Surroundings surroundings, Instant now) {
    this.route = route;
    this.surroundings = surroundings;
    this.now = now;
  }

  /** All parents of a status: what others say about theirs, and what we say about ours. */
  public static List<RouteParentStatus> of(Route route, Surroundings surroundings, Instant now) {
    return new RouteStatuses(route, surroundings, now).parents();
  }

  /** What a route says now about its parents, also those of others. */
  public static List<RouteParentStatus> before(Route route) {
    return route.getStatus() == null ? List.of() : route.getStatus().getParents();
  }

  private List<RouteParentStatus> parents() {
    var resolved = resolved();
    var ours =
        route.parents().stream()
            .flatMap(
                parent ->
                    Stream.ofNullable(surroundings.served(route.gateway(parent)))
                        .map(gateway -> status(parent, gateway, resolved)));
    return Stream.concat(before(route).stream().filter(it -> !isOurs(it)), ours).toList();
  }

  private RouteParentStatus status(ParentReference parent, Gateway gateway, Finding resolved) {
    var problem = Attachment.of(route, parent, gateway, surroundings).problem();
    var accepted =
        problem == null
            ? Finding.yes(Reason.ACCEPTED, "The route is attached.")
            : Finding.no(problem.reason(), problem.message());
    return new RouteParentStatusBuilder()
        .withParentRef(parent)
        .withControllerName(Api.GATEWAY_CONTROLLER)
        .withConditions(
            new Conditions(route.getMetadata().getGeneration(), before(parent), now)
                .add(accepted, ConditionType.ACCEPTED)
                .add(resolved, ConditionType.RESOLVED_REFS)
                .list())
        .build();
  }

  private List<Condition> before(ParentReference parent) {
    return before(route).stream()
        .filter(it -> isOurs(it) && parent.equals(it.getParentRef()))
        .flatMap(it -> it.getConditions().stream())
        .toList();
  }

  private static boolean isOurs(RouteParentStatus status) {
    return Api.GATEWAY_CONTROLLER.equals(status.getControllerName());
  }

  private Finding resolved() {
    var problems =
        Backends.of(route, surroundings).stream()
            .map(Backend::problem)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return problems.isEmpty()
        ? Finding.yes(Reason.RESOLVED_REFS, "Every backend exists and may be used.")
        : Finding.no(
            problems.getFirst().reason(),
            problems.stream().map(Problem::message).collect(Collectors.joining(" "))
                + " Until then the connections of its share are refused.");
  }
}
