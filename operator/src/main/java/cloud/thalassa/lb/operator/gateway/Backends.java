package cloud.thalassa.lb.operator.gateway;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.operator.compile.Grant;
import cloud.thalassa.lb.operator.compile.Reason;
import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the references of a route lead. Permission comes first, as everywhere. */
final class Backends {
  private static final int DEFAULT_WEIGHT = 1;

  private final Route route;
  private final Surroundings surroundings;

  private Backends(Route route, Surroundings surroundings) {
    this.route = route;
    this.surroundings = surroundings;
  }

  /** In the order of the route, which may name one of them twice. */
  static List<Backend> of(Route route, Surroundings surroundings) {
    var backends = new Backends(route, surroundings);
    return route.backendRefs().map(backends::resolve).toList();
  }

  private Backend resolve(BackendRef reference) {
    int weight = Objects.requireNonNullElse(reference.getWeight(), DEFAULT_WEIGHT);
    var group = Objects.requireNonNullElse(reference.getGroup(), "");
    var kind = Objects.requireNonNullElse(reference.getKind(), "Service");
    var target = route.target(reference);
    boolean service = group.isEmpty() && kind.equals("Service");
    if (!service && !(group.equals(Api.GROUP) && kind.equals("TargetGroup"))) {
      return Backend.none(
          weight,
          Reason.INVALID_KIND,
          "backendRefs: %s %s is no backend: refer to a Service, or to a TargetGroup of %s."
              .formatted(kind, target, Api.GROUP));
    }
    if (!permitted(group, kind, target)) {
      return Backend.none(
          weight,
          Reason.REF_NOT_PERMITTED,
          "backendRefs: no ReferenceGrant in namespace %s lets a %s of namespace %s refer to %s %s: have one created there."
              .formatted(
                  target.namespace(),
                  route.getKind(),
                  route.getMetadata().getNamespace(),
                  kind,
                  target.name()));
    }
    return service ? service(weight, target, reference.getPort()) : targetGroup(weight, target);
  }

  private boolean permitted(String group, String kind, Ref target) {
    var home = route.getMetadata().getNamespace();
    var who = new Grant.From(GatewayApi.GROUP, route.getKind(), home);
    return target.namespace().equals(home)
        || surroundings.grantsIn(target.namespace()).stream()
            .anyMatch(grant -> grant.permits(who, group, kind, target));
  }

  private Backend targetGroup(int weight, Ref target) {
    var group = surroundings.targetGroup(target);
    if (group == null || group.getSpec() == null) {
      return notFound(
          weight,
          "backendRefs: there is no TargetGroup %s: create it, or correct the reference.",
          target);
    }
    return group.getSpec().protocol() == route.protocol()
        ? Backend.of(weight, group)
        : Backend.none(
            weight,
            Reason.UNSUPPORTED_PROTOCOL,
            "backendRefs: TargetGroup %s has protocol %s: refer to one with protocol %s."
                .formatted(target, group.getSpec().protocol(), route.protocol()));
  }

  private Backend service(int weight, Ref target, @Nullable Integer number) {
    var service = surroundings.service(target);
    if (service == null) {
      return notFound(
          weight,
          "backendRefs: there is no Service %s: create it, or correct the reference.",
          target);
    }
    if (Objects.requireNonNullElse(service.getSpec().getSelector(), Map.of()).isEmpty()) {
      return notFound(
          weight,
          "backendRefs: Service %s selects no pods, and nothing else of it is followed: refer to a TargetGroup that lists addresses.",
          target);
    }
    var ports =
        service.getSpec().getPorts().stream()
            .filter(port -> port.getPort().equals(number))
            .toList();
    if (ports.isEmpty()) {
      return notFound(weight, "backendRefs: Service %s has no port " + number + ".", target);
    }
    return ports.stream()
        .filter(this::isOfOurProtocol)
        .findFirst()
        .map(port -> Backend.making(weight, BackendGroup.of(service, port, route.protocol())))
        .orElseGet(
            () ->
                Backend.none(
                    weight,
                    Reason.UNSUPPORTED_PROTOCOL,
                    "backendRefs: port %d of Service %s does not take %s."
                        .formatted(number, target, route.protocol())));
  }

  private boolean isOfOurProtocol(ServicePort port) {
    var protocol = Objects.requireNonNullElse(port.getProtocol(), "TCP");
    return protocol.equals(route.protocol().name());
  }

  private static Backend notFound(int weight, String sentence, Ref target) {
    return Backend.none(weight, Reason.BACKEND_NOT_FOUND, sentence.formatted(target));
  }
}
