package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.Api;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.LoadBalancerStatusBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServiceStatusBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The addresses by which a front Service is reached from outside the cluster. */
public final class FrontAddresses {
  private static final String LOAD_BALANCER = "LoadBalancer";

  private FrontAddresses() {}

  /**
   * The status that makes kube-proxy serve addresses of pools on every node; null: it is so
   * already, or is none of our business. The mode is VIP also with PROXY protocol, because it is
   * our dataplane behind kube-proxy that writes the header.
   *
   * @param addresses of the pools; one of a family that the Service does not have is left out
   */
  public static @Nullable Service status(Service service, List<String> addresses) {
    if (!isPooled(service)) {
      return null;
    }
    var families = service.getSpec().getIpFamilies();
    var ingress =
        addresses.stream()
            .filter(address -> families.contains(AddressFamily.of(address).name()))
            .map(ip -> new LoadBalancerIngressBuilder().withIp(ip).withIpMode("VIP").build())
            .toList();
    if (ingress.equals(ingress(service))) {
      return null;
    }
    var metadata = service.getMetadata();
    return new ServiceBuilder()
        .withMetadata(
            new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .build())
        .withStatus(
            new ServiceStatusBuilder()
                .withLoadBalancer(new LoadBalancerStatusBuilder().withIngress(ingress).build())
                .build())
        .build();
  }

  /**
   * Whether clients may reach the Service by this address, or its provider was asked for it. Where
   * that is us, asking is for load balancers.
   */
  public static boolean has(Service service, String address) {
    return ingress(service).stream().map(LoadBalancerIngress::getIp).anyMatch(address::equals)
        || (!isPooled(service) && address.equals(service.getSpec().getLoadBalancerIP()));
  }

  /**
   * Whether the API server would refuse to make the one of the other: the class and the primary
   * family of a Service are for life. Its address is no part of it, if that is from a pool.
   */
  public static boolean mustBeReplaced(Service desired, Service current) {
    var wanted = desired.getSpec();
    var actual = current.getSpec();
    if (!LOAD_BALANCER.equals(wanted.getType()) || !LOAD_BALANCER.equals(actual.getType())) {
      return false;
    }
    boolean pooled = isPooled(desired);
    if (pooled != isPooled(current)) {
      return true;
    }
    // a cluster may give a class to those that ask for none
    boolean otherClass =
        wanted.getLoadBalancerClass() != null
            && !wanted.getLoadBalancerClass().equals(actual.getLoadBalancerClass());
    boolean otherFamily =
        pooled
            && !wanted.getIpFamilies().isEmpty()
            && !wanted.getIpFamilies().getFirst().equals(actual.getIpFamilies().getFirst());
    return otherClass || otherFamily;
  }

  private static boolean isPooled(Service service) {
    return Api.ADDRESS_POOL_CLASS.equals(service.getSpec().getLoadBalancerClass());
  }

  private static List<LoadBalancerIngress> ingress(Service service) {
    var status = service.getStatus() == null ? null : service.getStatus().getLoadBalancer();
    return status == null ? List.of() : status.getIngress();
  }
}
