package cloud.thalassa.lb.operator.gateway;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.operator.compile.Grant;
import cloud.thalassa.lb.operator.compile.Ref;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What follows from routes for the objects that are made of Gateways: a route that its Gateway
 * takes permits that Gateway's Listeners to refer to the route's target groups, and nobody else's.
 */
public final class Permissions {
  private Permissions() {}

  /** As grants of this namespace. */
  public static List<Grant> into(String namespace, Surroundings surroundings) {
    var byGateway = new LinkedHashMap<String, Set<Ref>>();
    for (var route : surroundings.routesInto(namespace)) {
      var groups = groups(route, namespace, surroundings);
      for (var gateway : groups.isEmpty() ? List.<Ref>of() : taking(route, surroundings)) {
        byGateway.computeIfAbsent(gateway.namespace(), _ -> new LinkedHashSet<>()).addAll(groups);
      }
    }
    var grants = new ArrayList<Grant>();
    byGateway.forEach((home, groups) -> grants.add(grant(namespace, home, groups)));
    return grants;
  }

  /** Whether a route that a Gateway takes leads to this target group, which was made for it. */
  public static boolean wanted(Ref targetGroup, Surroundings surroundings) {
    return into(targetGroup.namespace(), surroundings).stream()
        .flatMap(grant -> grant.to().stream())
        .anyMatch(to -> targetGroup.name().equals(to.name()));
  }

  /** The target groups that are made for a route, as far as it may use them. */
  public static List<Ref> made(Route route, Surroundings surroundings) {
    return Backends.of(route, surroundings).stream()
        .map(Backend::made)
        .filter(Objects::nonNull)
        .map(Ref::of)
        .toList();
  }

  private static List<Ref> groups(Route route, String namespace, Surroundings surroundings) {
    return Backends.of(route, surroundings).stream()
        .map(Backend::targetGroup)
        .filter(Objects::nonNull)
        .filter(group -> group.namespace().equals(namespace))
        .toList();
  }

  private static List<Ref> taking(Route route, Surroundings surroundings) {
    return route.parents().stream()
        .filter(
            parent -> {
              var gateway = surroundings.served(route.gateway(parent));
              return gateway != null
                  && Attachment.of(route, parent, gateway, surroundings).problem() == null;
            })
        .map(route::gateway)
        .distinct()
        .toList();
  }

  private static Grant grant(String namespace, String home, Set<Ref> groups) {
    return new Grant(
        namespace,
        List.of(new Grant.From(Api.GROUP, "Listener", home)),
        groups.stream().map(it -> new Grant.To(Api.GROUP, "TargetGroup", it.name())).toList());
  }
}
