package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.IpFamilyPolicy;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.Scheme;
import cloud.thalassa.lb.crds.SubnetSpec;
import cloud.thalassa.lb.crds.SubnetSpec.ExternalTrafficPolicy;
import cloud.thalassa.lb.crds.SubnetSpec.ServiceType;
import cloud.thalassa.lb.operator.allocate.Placement;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.ServiceSpecBuilder;
import java.util.List;
import java.util.Map;

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

  static Service of(LoadBalancer lb, List<ServedPort> ports, Placement placement) {
    var spec = new ServiceSpecBuilder();
    spec.withPorts(
        ports.isEmpty()
            ? List.of(PLACEHOLDER)
            : ports.stream().map(FrontService::servicePort).toList());
    spec.withIpFamilyPolicy(policy(lb.getSpec().ipFamilyPolicy()));
    var addresses = placement.pooled() ? placement.addresses() : lb.getSpec().addresses();
    if (!addresses.isEmpty()) {
      spec.withIpFamilies(families(lb, addresses, placement.pooled()));
    }
    var given = given(placement);
    var type = type(lb, given, placement.pooled());
    spec.withType(wire(type));
    if (type == ServiceType.CLUSTER_IP) {
      if (!addresses.isEmpty()) {
        spec.withClusterIP(addresses.getFirst()).withClusterIPs(addresses);
      }
    } else {
      spec.withExternalTrafficPolicy(trafficPolicy(given));
    }
    if (type == ServiceType.LOAD_BALANCER) {
      outside(spec, addresses, given, placement.pooled());
    }
    var metadata = Names.metadata(lb);
    if (!given.annotations().isEmpty()) {
      metadata.setAnnotations(given.annotations());
    }
    return new ServiceBuilder().withMetadata(metadata).withSpec(spec.build()).build();
  }

  private static void outside(
      ServiceSpecBuilder spec, List<String> addresses, SubnetSpec.Service given, boolean pooled) {
    if (given.loadBalancerClass() != null) {
      spec.withLoadBalancerClass(given.loadBalancerClass());
    } else if (pooled) {
      // Served on its address alone, so that thousands of listeners need no node ports.
      spec.withLoadBalancerClass(Api.ADDRESS_POOL_CLASS).withAllocateLoadBalancerNodePorts(false);
      return;
    }
    if (addresses.size() == 1) {
      spec.withLoadBalancerIP(addresses.getFirst());
    }
  }

  /** A cluster may have one family alone, which is for it to say where both are just preferred. */
  private static List<String> families(LoadBalancer lb, List<String> addresses, boolean pooled) {
    var families = addresses.stream().map(AddressFamily::of).map(Enum::name).toList();
    return pooled && lb.getSpec().ipFamilyPolicy() == IpFamilyPolicy.PREFER_DUAL_STACK
        ? List.of(families.getFirst())
        : families;
  }

  private static SubnetSpec.Service given(Placement placement) {
    var subnet = placement.spec();
    var given = subnet == null ? null : subnet.service();
    return given == null ? new SubnetSpec.Service(null, null, Map.of(), null) : given;
  }

  private static ServiceType type(LoadBalancer lb, SubnetSpec.Service given, boolean pooled) {
    if (pooled || given.loadBalancerClass() != null) {
      return ServiceType.LOAD_BALANCER;
    }
    if (given.type() != null) {
      return given.type();
    }
    return lb.getSpec().scheme() == Scheme.EXTERNAL
        ? ServiceType.LOAD_BALANCER
        : ServiceType.CLUSTER_IP;
  }

  private static String wire(ServiceType type) {
    return switch (type) {
      case CLUSTER_IP -> "ClusterIP";
      case LOAD_BALANCER -> "LoadBalancer";
      case NODE_PORT -> "NodePort";
    };
  }

  /** Local keeps the client's address, which allowedSources and PROXY headers are about. */
  private static String trafficPolicy(SubnetSpec.Service given) {
    return given.externalTrafficPolicy() == ExternalTrafficPolicy.CLUSTER ? "Cluster" : "Local";
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
