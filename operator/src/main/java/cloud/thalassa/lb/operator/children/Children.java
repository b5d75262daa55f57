package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.operator.allocate.Placement;
import cloud.thalassa.lb.operator.compile.Reach;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Collection;
import java.util.List;

/** The objects that make a load balancer run. */
public final class Children {
  private Children() {}

  /**
   * Everything but the slices of the Service (see {@link ReplicaSlices}), in the order in which it
   * is to be applied: what a pod needs comes before the pods.
   */
  public static List<HasMetadata> of(
      LoadBalancer lb,
      ForwardingConfigSpec config,
      Reach reach,
      DataplaneTemplate template,
      Placement placement) {
    var ports = ServedPort.of(config);
    var managementPort = ManagementPort.besides(ports);
    return List.of(
        Identity.serviceAccount(lb),
        Identity.roleBinding(lb, template),
        FrontService.of(lb, ports, placement),
        Network.policy(lb, ports, managementPort, reach, template),
        Guards.disruptionBudget(lb),
        Dataplane.deployment(lb, template, managementPort, zones(placement)));
  }

  /**
   * An object with what can be said of it only when others are written.
   *
   * @param written before it
   */
  public static HasMetadata after(Collection<HasMetadata> written, HasMetadata object) {
    return object instanceof Deployment pods ? Identity.bound(pods, written) : object;
  }

  private static List<String> zones(Placement placement) {
    var subnet = placement.spec();
    return subnet == null ? List.of() : subnet.zones().stream().sorted().distinct().toList();
  }
}
