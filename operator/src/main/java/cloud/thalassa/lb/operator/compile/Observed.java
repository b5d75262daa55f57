package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.TargetGroup;
import java.util.List;
import java.util.Map;

/**
 * Everything that the meaning of one load balancer depends on. No order is significant. The objects
 * are read, never changed.
 *
 * @param listeners all that refer to it, from any namespace
 * @param targetGroups those that the listeners refer to and that exist
 * @param securityGroups those that the load balancer attaches and that exist
 * @param pods for each of these groups the pods that its selector matches
 * @param grants the ReferenceGrants of the namespaces that are referred to
 * @param offLimits which addresses its targets cannot have
 */
public record Observed(
    LoadBalancer loadBalancer,
    List<Listener> listeners,
    Map<Ref, TargetGroup> targetGroups,
    Map<Ref, SecurityGroup> securityGroups,
    Map<Ref, List<PodTarget>> pods,
    List<Grant> grants,
    OffLimits offLimits,
    Seat seat) {

  public Observed {
    listeners = List.copyOf(listeners);
    targetGroups = Map.copyOf(targetGroups);
    securityGroups = Map.copyOf(securityGroups);
    pods = Map.copyOf(pods);
    grants = List.copyOf(grants);
  }

  public Site site() {
    return offLimits.site();
  }
}
