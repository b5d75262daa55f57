package cloud.thalassa.lb.operator.gateway;

import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.compile.Grant;
import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ReferenceGrant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Objects of a test as what Gateways depend on. */
record Snapshot(List<HasMetadata> objects) implements Surroundings {
  <T> Stream<T> all(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast);
  }

  private <T extends HasMetadata> T find(Class<T> kind, Ref ref) {
    return all(kind).filter(object -> Ref.of(object).equals(ref)).findFirst().orElse(null);
  }

  @Override
  public GatewayClass gatewayClass(String name) {
    return find(GatewayClass.class, new Ref("", name));
  }

  @Override
  public Gateway gateway(Ref ref) {
    return find(Gateway.class, ref);
  }

  @Override
  public List<Route> routesTo(Ref gateway) {
    return all(Route.class).filter(route -> route.gateways().contains(gateway)).toList();
  }

  @Override
  public List<Route> routesInto(String namespace) {
    return all(Route.class)
        .filter(route -> route.targets().stream().anyMatch(it -> it.namespace().equals(namespace)))
        .toList();
  }

  @Override
  public Service service(Ref ref) {
    return find(Service.class, ref);
  }

  @Override
  public TargetGroup targetGroup(Ref ref) {
    return find(TargetGroup.class, ref);
  }

  @Override
  public List<Grant> grantsIn(String namespace) {
    return all(ReferenceGrant.class)
        .map(Grant::of)
        .filter(grant -> grant.namespace().equals(namespace))
        .toList();
  }

  @Override
  public Map<String, String> labelsOf(String namespace) {
    var found = find(Namespace.class, new Ref("", namespace));
    return found == null
        ? Map.of()
        : Objects.requireNonNullElse(found.getMetadata().getLabels(), Map.of());
  }
}
