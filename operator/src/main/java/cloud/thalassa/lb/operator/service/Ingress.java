package cloud.thalassa.lb.operator.service;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.operator.front.Made;
import cloud.thalassa.lb.operator.front.Names;
import cloud.thalassa.lb.operator.front.PortKey;
import cloud.thalassa.lb.operator.front.Remark.Cost;
import cloud.thalassa.lb.operator.front.Translated;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.PortStatus;
import io.fabric8.kubernetes.api.model.PortStatusBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The addresses in the status of a Service. */
public final class Ingress {
  private Ingress() {}

  /**
   * An address is shown when a port is served there, and then stays as long as it is the load
   * balancer's. The mode is always Proxy: with VIP, kube-proxy would take connections that come
   * from inside the cluster straight to the pods, past sources, limits and the PROXY header.
   */
  static List<LoadBalancerIngress> of(Service service, Translated translated, Made made) {
    if (shown(service).isEmpty() && (made.served() == 0 || !made.programmed())) {
      return List.of();
    }
    var ports =
        service.getSpec().getPorts().stream()
            .map(port -> port(service, port, translated, made))
            .toList();
    return made.addresses().stream()
        .map(
            address ->
                new LoadBalancerIngressBuilder()
                    .withIp(address.ip())
                    .withIpMode("Proxy")
                    .withPorts(ports)
                    .build())
        .toList();
  }

  /** What a Service shows now. */
  public static List<LoadBalancerIngress> shown(Service service) {
    var status = service.getStatus() == null ? null : service.getStatus().getLoadBalancer();
    return status == null ? List.of() : status.getIngress();
  }

  private static PortStatus port(
      Service service, ServicePort port, Translated translated, Made made) {
    var key = PortKey.of(port);
    return new PortStatusBuilder()
        .withPort(key.number())
        .withProtocol(key.protocol())
        .withError(error(Names.of(service).metadata(key).getName(), translated, made))
        .build();
  }

  /** In the form that Kubernetes has for errors that are not its own. */
  private static @Nullable String error(String listener, Translated translated, Made made) {
    var wanted =
        translated.listeners().stream().anyMatch(it -> it.getMetadata().getName().equals(listener));
    return wanted
        ? made.refusal(listener).map(reason -> Api.GROUP + "/" + reason).orElse(null)
        : Api.GROUP + "/" + Cost.PORT.reason();
  }
}
