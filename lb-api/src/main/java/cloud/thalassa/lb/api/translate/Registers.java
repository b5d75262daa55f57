package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.api.model.Node;

/** Of what clients ask for by name. */
record Registers(
    Register<LoadBalancer> loadBalancers,
    Register<TargetGroup> targetGroups,
    Register<SecurityGroup> securityGroups,
    Register<AddressClaim> reservedIps,
    Register<Node> nodes) {
  static Registers of(World.Objects objects) {
    return new Registers(
        new Register<>(objects.loadBalancers()),
        new Register<>(objects.targetGroups()),
        new Register<>(objects.securityGroups()),
        new Register<>(objects.reservedIps()),
        new Register<>(objects.nodes()));
  }

  Registers next(World.Objects objects) {
    return new Registers(
        loadBalancers.next(objects.loadBalancers()),
        targetGroups.next(objects.targetGroups()),
        securityGroups.next(objects.securityGroups()),
        reservedIps.next(objects.reservedIps()),
        nodes.next(objects.nodes()));
  }
}
