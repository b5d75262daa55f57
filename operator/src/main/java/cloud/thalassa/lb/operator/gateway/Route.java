package cloud.thalassa.lb.operator.gateway;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteStatus;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A route of the Gateway API that we serve. The kinds differ in nothing but their protocol. */
public abstract sealed class Route extends CustomResource<RouteSpec, RouteStatus>
    implements Namespaced permits TcpRoute, UdpRoute {

  public abstract Protocol protocol();

  /** References that lead to Gateways, existing or not. */
  List<ParentReference> parents() {
    return getSpec() == null
        ? List.of()
        : getSpec().parentRefs().stream().filter(Route::leadsToGateway).toList();
  }

  /** The Gateway that a reference of this route leads to. */
  Ref gateway(ParentReference parent) {
    var home = getMetadata().getNamespace();
    return new Ref(parent.getNamespace() == null ? home : parent.getNamespace(), parent.getName());
  }

  /** The Gateways that it wants to be attached to, existing or not. */
  public List<Ref> gateways() {
    return parents().stream().map(this::gateway).distinct().toList();
  }

  Stream<BackendRef> backendRefs() {
    return getSpec() == null
        ? Stream.of()
        : getSpec().rules().stream().flatMap(rule -> rule.backendRefs().stream());
  }

  /** What a reference of this route leads to, whatever its kind. */
  Ref target(BackendRef backend) {
    var home = getMetadata().getNamespace();
    return new Ref(
        backend.getNamespace() == null ? home : backend.getNamespace(), backend.getName());
  }

  /** What it sends connections to, whatever its kind. */
  public List<Ref> targets() {
    return backendRefs().map(this::target).distinct().toList();
  }

  private static boolean leadsToGateway(ParentReference parent) {
    return (parent.getGroup() == null || parent.getGroup().equals(GatewayApi.GROUP))
        && (parent.getKind() == null || parent.getKind().equals("Gateway"));
  }

  @Override
  protected @Nullable RouteSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable RouteStatus initStatus() {
    return null;
  }
}
