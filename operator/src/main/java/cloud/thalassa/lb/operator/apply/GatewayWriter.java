package cloud.thalassa.lb.operator.apply;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.operator.gateway.Route;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClassBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClassStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;

/** Writes into tenants' Gateways and routes what is ours of their status. */
public final class GatewayWriter {
  /** Conditions and listeners of others stay as they are. */
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(Api.OPERATOR)
          .withForce(true)
          .build();

  /** Parents of a route are one list of all writers: it is a conflict if another one was faster. */
  private static final PatchContext REPLACE_LIST =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager(Api.OPERATOR)
          .build();

  private final KubernetesClient client;

  public GatewayWriter(KubernetesClient client) {
    this.client = client;
  }

  public void status(GatewayClass gatewayClass, GatewayClassStatus status) {
    var subject =
        new GatewayClassBuilder().withMetadata(name(gatewayClass)).withStatus(status).build();
    apply(subject);
  }

  public void status(Gateway gateway, GatewayStatus status) {
    apply(new GatewayBuilder().withMetadata(name(gateway)).withStatus(status).build());
  }

  /**
   * Writes all parents of a route.
   *
   * @param route as it was when they were decided
   */
  public void status(Route route, List<RouteParentStatus> parents) {
    var version = Map.of("resourceVersion", route.getMetadata().getResourceVersion());
    var patch = Map.of("metadata", version, "status", Map.of("parents", parents));
    var text = client.getKubernetesSerialization().asJson(patch);
    unlessGone(() -> client.resource(route).subresource("status").patch(REPLACE_LIST, text));
  }

  private void apply(HasMetadata subject) {
    unlessGone(() -> client.resource(subject).subresource("status").patch(APPLY));
  }

  private static void unlessGone(Runnable write) {
    try {
      write.run();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
      // deleted meanwhile: nobody reads its status any more
    }
  }

  private static ObjectMeta name(HasMetadata object) {
    return new ObjectMetaBuilder()
        .withNamespace(object.getMetadata().getNamespace())
        .withName(object.getMetadata().getName())
        .build();
  }
}
