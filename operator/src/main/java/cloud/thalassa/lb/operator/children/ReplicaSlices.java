package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.LoadBalancer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which replicas get new connections: the slices of the front Service, one for each address family.
 * Leaving a slice cuts no TCP connection and moves UDP flows at once, so a replica that should not
 * get anything new is simply absent.
 */
public final class ReplicaSlices {
  private static final String SERVICE_LABEL = "kubernetes.io/service-name";

  private ReplicaSlices() {}

  /**
   * None while there is no listener: the Service's placeholder port must answer nobody.
   *
   * @param rotation the replicas that get new connections
   */
  public static List<EndpointSlice> of(
      LoadBalancer lb, ForwardingConfigSpec config, Collection<Replica> rotation) {
    var ports = ServedPort.of(config).stream().map(ReplicaSlices::endpointPort).toList();
    if (ports.isEmpty()) {
      return List.of();
    }
    return Stream.of(AddressFamily.values())
        .map(family -> slice(lb, family, ports, endpoints(rotation, family)))
        .filter(slice -> !slice.getEndpoints().isEmpty())
        .toList();
  }

  /** The names of the pods in these slices, as far as they are slices of a front Service. */
  public static Set<String> pods(Collection<EndpointSlice> slices) {
    return slices.stream()
        .filter(ReplicaSlices::isOfFront)
        .flatMap(slice -> endpoints(slice).stream())
        .flatMap(endpoint -> pod(endpoint).stream())
        .collect(Collectors.toSet());
  }

  /**
   * A slice without some pods, and in all else as it is. Null: it is of no front Service, or has
   * none of them, or nobody else, whom only the leader can add.
   */
  public static @Nullable EndpointSlice without(EndpointSlice slice, Collection<String> pods) {
    if (!isOfFront(slice)) {
      return null;
    }
    var left =
        endpoints(slice).stream()
            .filter(endpoint -> pod(endpoint).filter(pods::contains).isEmpty())
            .toList();
    if (left.isEmpty() || left.size() == endpoints(slice).size()) {
      return null;
    }
    var metadata = slice.getMetadata();
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName())
        .withLabels(metadata.getLabels())
        .endMetadata()
        .withAddressType(slice.getAddressType())
        .withPorts(slice.getPorts())
        .withEndpoints(left)
        .build();
  }

  /** An empty list comes back from the API server as none. */
  private static List<Endpoint> endpoints(EndpointSlice slice) {
    return slice.getEndpoints() == null ? List.of() : slice.getEndpoints();
  }

  private static boolean isOfFront(EndpointSlice slice) {
    return slice.getMetadata().getLabels().containsKey(SERVICE_LABEL);
  }

  private static Optional<String> pod(Endpoint endpoint) {
    return Optional.ofNullable(endpoint.getTargetRef()).map(ObjectReference::getName);
  }

  private static List<Endpoint> endpoints(Collection<Replica> rotation, AddressFamily family) {
    return rotation.stream()
        .sorted(Comparator.comparing(replica -> replica.pod().name()))
        .flatMap(
            replica ->
                replica.pod().ips().stream()
                    .filter(address -> AddressFamily.of(address) == family)
                    .limit(1)
                    .map(address -> endpoint(replica, address)))
        .toList();
  }

  /** kube-proxy uses one that is terminating only while there is no other. */
  private static Endpoint endpoint(Replica replica, String address) {
    var pod = replica.pod();
    return new EndpointBuilder()
        .withAddresses(address)
        .withNewConditions(!replica.leaving(), true, replica.leaving())
        .withNodeName(pod.nodeName())
        .withZone(pod.zone())
        .withTargetRef(pod.reference())
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
                        SERVICE_LABEL,
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
