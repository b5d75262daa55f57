package cloud.thalassa.lb.operator.children;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.operator.compile.PodTarget;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where health checkers find the replicas that they watch over: slices that belong to no Service,
 * one for each management port. They change with the pods and with nothing else.
 */
public final class WatchedReplicas {
  private WatchedReplicas() {}

  /** Of those that have said something about themselves and are to stay. */
  public static List<EndpointSlice> of(LoadBalancer lb, Collection<Replica> replicas) {
    return replicas.stream()
        .filter(replica -> replica.alive() && replica.report() != null)
        .map(Replica::pod)
        .flatMap(WatchedReplicas::place)
        .collect(groupingBy(Place::key, TreeMap::new, toList()))
        .values()
        .stream()
        .map(places -> slice(lb, places))
        .toList();
  }

  private static Stream<Place> place(PodTarget pod) {
    var port = pod.port(Api.MANAGEMENT_PORT, Protocol.TCP);
    return port == null || pod.ips().isEmpty()
        ? Stream.empty()
        : Stream.of(new Place(pod, AddressFamily.of(pod.ips().getFirst()), port));
  }

  private static EndpointSlice slice(LoadBalancer lb, List<Place> places) {
    var first = places.getFirst();
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withNamespace(lb.getMetadata().getNamespace())
        .withName(Names.child(lb) + "-replicas-" + first.key())
        .withLabels(
            Map.of(
                Api.MANAGED_BY_LABEL,
                Api.OPERATOR,
                Api.LOAD_BALANCER_LABEL,
                lb.getMetadata().getName(),
                Api.REPLICAS_LABEL,
                "true"))
        .endMetadata()
        .withAddressType(first.family().name())
        .addNewPort()
        .withName(Api.MANAGEMENT_PORT)
        .withProtocol("TCP")
        .withPort(first.port())
        .endPort()
        .withEndpoints(
            places.stream()
                .map(Place::pod)
                .sorted(Comparator.comparing(PodTarget::name))
                .map(WatchedReplicas::endpoint)
                .toList())
        .build();
  }

  private static Endpoint endpoint(PodTarget pod) {
    return new EndpointBuilder()
        .withAddresses(pod.ips().getFirst())
        .withTargetRef(pod.reference())
        .build();
  }

  private record Place(PodTarget pod, AddressFamily family, int port) {
    String key() {
      return family.suffix() + "-" + port;
    }
  }
}
