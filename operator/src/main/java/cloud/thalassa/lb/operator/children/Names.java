package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.LoadBalancer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;

/** What the children of a load balancer are called, and the labels by which they are found. */
public final class Names {
  private Names() {}

  /**
   * Name of every child: {@code lb-<name>}, so that none meets an object of the tenant by chance.
   */
  static String child(LoadBalancer lb) {
    return child(lb.getMetadata().getName());
  }

  public static String child(String loadBalancer) {
    return "lb-" + loadBalancer;
  }

  /** Labels that select the dataplane pods of a load balancer; a Deployment never changes them. */
  static Map<String, String> selector(LoadBalancer lb) {
    return Map.of(
        Api.LOAD_BALANCER_LABEL, lb.getMetadata().getName(), Api.COMPONENT_LABEL, Api.DATAPLANE);
  }

  static Map<String, String> labels(LoadBalancer lb) {
    return Map.of(
        "app.kubernetes.io/name",
        "thalassa-lb",
        "app.kubernetes.io/instance",
        lb.getMetadata().getName(),
        Api.COMPONENT_LABEL,
        Api.DATAPLANE,
        "app.kubernetes.io/managed-by",
        Api.OPERATOR,
        Api.LOAD_BALANCER_LABEL,
        lb.getMetadata().getName());
  }

  static ObjectMeta metadata(LoadBalancer lb) {
    return new ObjectMetaBuilder()
        .withNamespace(lb.getMetadata().getNamespace())
        .withName(child(lb))
        .withLabels(labels(lb))
        .build();
  }
}
