package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import cloud.thalassa.lb.operator.children.Replica;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import cloud.thalassa.lb.operator.status.Fleet;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the cluster says about the replicas and the address of a load balancer. */
final class Fleets {
  private static final String VIP = "VIP";
  private static final String HEADLESS = "None";
  private static final String REPLICA_FAILURE = "ReplicaFailure";

  private Fleets() {}

  static Fleet of(
      LoadBalancer lb,
      @Nullable Deployment deployment,
      @Nullable Service service,
      List<Replica> rotation,
      @Nullable String subnet,
      @Nullable Problem addressProblem) {
    var status = deployment == null ? null : deployment.getStatus();
    var updated = status == null ? null : status.getUpdatedReplicas();
    return new Fleet(
        lb.getSpec().replicas(),
        (int) rotation.stream().filter(Replica::alive).count(),
        Objects.requireNonNullElse(updated, 0),
        addresses(service),
        subnet,
        addressProblem,
        podProblem(deployment));
  }

  /** A quota, or a Pod Security level, that the replicas do not fit. */
  private static @Nullable String podProblem(@Nullable Deployment deployment) {
    return deployment == null || deployment.getStatus() == null
        ? null
        : deployment.getStatus().getConditions().stream()
            .filter(condition -> REPLICA_FAILURE.equals(condition.getType()))
            .filter(condition -> "True".equals(condition.getStatus()))
            .map(DeploymentCondition::getMessage)
            .findFirst()
            .orElse(null);
  }

  private static List<Address> addresses(@Nullable Service service) {
    if (service == null) {
      return List.of();
    }
    if (!"LoadBalancer".equals(service.getSpec().getType())) {
      return service.getSpec().getClusterIPs().stream()
          .filter(ip -> !ip.isEmpty() && !ip.equals(HEADLESS))
          .map(ip -> new Address(ip, VIP))
          .toList();
    }
    var status = service.getStatus() == null ? null : service.getStatus().getLoadBalancer();
    return status == null
        ? List.of()
        : status.getIngress().stream().flatMap(Fleets::address).toList();
  }

  /** Some providers give a name instead of an address. */
  private static Stream<Address> address(LoadBalancerIngress ingress) {
    var ip = ingress.getIp() == null ? ingress.getHostname() : ingress.getIp();
    return Stream.ofNullable(ip)
        .map(it -> new Address(it, Objects.requireNonNullElse(ingress.getIpMode(), VIP)));
  }
}
