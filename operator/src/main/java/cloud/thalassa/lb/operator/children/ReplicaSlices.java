package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.operator.compile.PodTarget;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which replicas get new connections: the slices of the front Service, one for each address family.
 * Leaving a slice cuts no TCP connection and moves UDP flows at once, so a replica that should not
 * get anything new is simply absent.
 */
public final class ReplicaSlices {
  private ReplicaSlices() {}

  /** None while there is no listener: the Service's placeholder port must answer nobody. */
  public static List<EndpointSlice> of(
      LoadBalancer lb, ForwardingConfigSpec config, Collection<Replica> replicas) {
    var ports = ServedPort.of(config).stream().map(ReplicaSlices::endpointPort).toList();
    if (ports.isEmpty()) {
      return List.of();
    }
    var chosen = inRotation(replicas);
    return Stream.of(AddressFamily.values())
        .map(family -> slice(lb, family, ports, endpoints(chosen, family)))
        .filter(slice -> !slice.getEndpoints().isEmpty())
        .toList();
  }

  /**
   * The serving replicas that pass their probes; when none does, all that serve. A probe fails for
   * a frozen process, but also while one port of many cannot be bound: it must never take the last
   * replicas out.
   */
  public static List<Replica> inRotation(Collection<Replica> replicas) {
    var serving = replicas.stream().filter(Replica::serving).toList();
    var ready = serving.stream().filter(replica -> replica.pod().ready()).toList();
    return ready.isEmpty() ? serving : ready;
  }

  private static List<Endpoint> endpoints(List<Replica> replicas, AddressFamily family) {
    return replicas.stream()
        .sorted(Comparator.comparing(replica -> replica.pod().name()))
        .flatMap(
            replica ->
                replica.pod().ips().stream()
                    .filter(address -> AddressFamily.of(address) == family)
                    .limit(1)
                    .map(address -> endpoint(replica.pod(), address)))
        .toList();
  }

  private static Endpoint endpoint(PodTarget pod, String address) {
    return new EndpointBuilder()
        .withAddresses(address)
        .withNewConditions(true, true, false)
        .withNodeName(pod.nodeName())
        .withZone(pod.zone())
        .withNewTargetRef()
        .withKind("Pod")
        .withNamespace(pod.namespace())
        .withName(pod.name())
        .withUid(pod.uid())
        .endTargetRef()
        .build();
  }

  private static EndpointSlice slice(
      LoadBalancer lb, AddressFamily family, List<EndpointPort> ports, List<Endpoint> endpoints) {
    var service = Names.child(lb);
    return new EndpointSliceBuilder()
        .withMetadata(
            new ObjectMetaBuilder()
                .withNamespace(lb.getMetadata().getNamespace())
                .withName(service + "-" + family.suffix())
                .withLabels(
                    Map.of(
                        "kubernetes.io/service-name",
                        service,
                        Api.MANAGED_BY_LABEL,
                        Api.OPERATOR,
                        Api.LOAD_BALANCER_LABEL,
                        lb.getMetadata().getName()))
                .build())
        .withAddressType(family.name())
        .withPorts(ports)
        .withEndpoints(endpoints)
        .build();
  }

  private static EndpointPort endpointPort(ServedPort port) {
    return new EndpointPortBuilder()
        .withName(port.name())
        .withProtocol(port.protocol().name())
        .withPort(port.port())
        .build();
  }
}
