package cloud.thalassa.lb.operator.gateway;

import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.compile.Grant;
import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Gateways and routes depend on, as far as it exists. Look-ups cost what they return. */
public interface Surroundings {
  @Nullable GatewayClass gatewayClass(String name);

  @Nullable Gateway gateway(Ref ref);

  /** Routes of any namespace that want to be attached to this Gateway, whether or not it exists. */
  Collection<Route> routesTo(Ref gateway);

  /** Routes of any namespace with a backend in this one. */
  Collection<Route> routesInto(String namespace);

  @Nullable Service service(Ref ref);

  @Nullable TargetGroup targetGroup(Ref ref);

  /** The ReferenceGrants that lie in this namespace. */
  Collection<Grant> grantsIn(String namespace);

  Map<String, String> labelsOf(String namespace);

  /** Whether a Gateway is ours; null: its class does not exist, so nobody can tell. */
  default @Nullable Boolean serves(Gateway gateway) {
    var gatewayClass = gatewayClass(gateway.getSpec().getGatewayClassName());
    return gatewayClass == null ? null : GatewayApi.serves(gatewayClass);
  }

  /** The Gateway, if it exists and is ours. */
  default @Nullable Gateway served(Ref ref) {
    var gateway = gateway(ref);
    return gateway != null && Boolean.TRUE.equals(serves(gateway)) ? gateway : null;
  }
}
