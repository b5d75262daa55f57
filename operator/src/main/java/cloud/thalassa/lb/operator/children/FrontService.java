package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.IpFamilyPolicy;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.Scheme;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.ServiceSpecBuilder;
import java.util.List;

/**
 * The Service that holds the address of a load balancer. It selects no pods: which replicas get new
 * connections is in {@link ReplicaSlices}.
 */
final class FrontService {
  /**
   * A Service needs a port, and the address must outlive the last listener. No slice has this name,
   * so connections to the port (discard, RFC 863) are refused.
   */
  private static final ServicePort PLACEHOLDER =
      new ServicePortBuilder()
          .withName("no-listener")
          .withProtocol("TCP")
          .withPort(9)
          .withTargetPort(new IntOrString(9))
          .build();

  private FrontService() {}

  static Service of(LoadBalancer lb, List<ServedPort> ports) {
    var spec = new ServiceSpecBuilder();
    spec.withPorts(
        ports.isEmpty()
            ? List.of(PLACEHOLDER)
            : ports.stream().map(FrontService::servicePort).toList());
    spec.withIpFamilyPolicy(policy(lb.getSpec().ipFamilyPolicy()));
    var addresses = lb.getSpec().addresses();
    if (!addresses.isEmpty()) {
      spec.withIpFamilies(addresses.stream().map(AddressFamily::of).map(Enum::name).toList());
    }
    if (lb.getSpec().scheme() == Scheme.EXTERNAL) {
      // Local keeps the client's address, which allowedSources and PROXY headers are about.
      spec.withType("LoadBalancer").withExternalTrafficPolicy("Local");
      if (addresses.size() == 1) {
        spec.withLoadBalancerIP(addresses.getFirst());
      }
    } else {
      spec.withType("ClusterIP");
      if (!addresses.isEmpty()) {
        spec.withClusterIP(addresses.getFirst()).withClusterIPs(addresses);
      }
    }
    return new ServiceBuilder().withMetadata(Names.metadata(lb)).withSpec(spec.build()).build();
  }

  private static ServicePort servicePort(ServedPort port) {
    return new ServicePortBuilder()
        .withName(port.name())
        .withProtocol(port.protocol().name())
        .withPort(port.port())
        .withTargetPort(new IntOrString(port.port()))
        .build();
  }

  private static String policy(IpFamilyPolicy policy) {
    return switch (policy) {
      case SINGLE_STACK -> "SingleStack";
      case PREFER_DUAL_STACK -> "PreferDualStack";
      case REQUIRE_DUAL_STACK -> "RequireDualStack";
    };
  }
}
