package cloud.thalassa.lb.operator.apply;

import cloud.thalassa.lb.crds.Api;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes into tenants' Services what is ours there: a hold on them, and their status. */
public final class ServiceWriter {
  /** The finalizer that Kubernetes has for whoever serves a Service of type LoadBalancer. */
  private static final String FINALIZER = "service.kubernetes.io/load-balancer-cleanup";

  /** Says that the finalizer is ours: every provider of load balancers has the same. */
  private static final String HELD = Api.GROUP + "/held";

  private static final PatchContext MERGE =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager(Api.OPERATOR)
          .build();

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(Api.OPERATOR)
          .withForce(true)
          .build();

  private final KubernetesClient client;

  public ServiceWriter(KubernetesClient client) {
    this.client = client;
  }

  /** Whether a Service waits for us before it goes. */
  public static boolean holds(Service service) {
    var annotations = service.getMetadata().getAnnotations();
    return annotations != null && annotations.containsKey(HELD);
  }

  /** Has a Service wait for us before it goes; returns whether that is new. */
  public boolean hold(Service service) {
    var finalizers = finalizers(service);
    if (holds(service) && finalizers.contains(FINALIZER)) {
      return false;
    }
    finalizers.remove(FINALIZER);
    finalizers.add(FINALIZER);
    mark(service, finalizers, "true");
    return true;
  }

  /** Lets a Service go. */
  public void release(Service service) {
    var finalizers = finalizers(service);
    finalizers.remove(FINALIZER);
    mark(service, finalizers, null);
  }

  private static List<String> finalizers(Service service) {
    return new ArrayList<>(
        Objects.requireNonNullElse(service.getMetadata().getFinalizers(), List.of()));
  }

  /** A conflict, if somebody has changed the Service since it was seen. */
  private void mark(Service service, List<String> finalizers, @Nullable String held) {
    var annotations = new HashMap<String, @Nullable String>();
    annotations.put(HELD, held);
    var metadata =
        Map.of(
            "resourceVersion",
            service.getMetadata().getResourceVersion(),
            "finalizers",
            finalizers,
            "annotations",
            annotations);
    var patch = client.getKubernetesSerialization().asJson(Map.of("metadata", metadata));
    client.resource(service).patch(MERGE, patch);
  }

  /**
   * Writes the part of its status that is ours, and nothing else.
   *
   * @return the Service as it is now
   */
  public Service status(Service service, ServiceStatus status) {
    var subject =
        new ServiceBuilder()
            .withMetadata(
                new ObjectMetaBuilder()
                    .withNamespace(service.getMetadata().getNamespace())
                    .withName(service.getMetadata().getName())
                    .build())
            .withStatus(status)
            .build();
    return client.resource(subject).subresource("status").patch(APPLY);
  }
}
