package cloud.thalassa.lb.healthchecker.follow;

import cloud.thalassa.lb.crds.Api;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A dataplane pod of a load balancer, and where it answers for its health. */
public record Replica(String namespace, String loadBalancer, String pod, String address, int port) {

  /** Which are to be watched over, as the operator's slices of replicas say. */
  public static Set<Replica> in(Collection<EndpointSlice> slices) {
    return slices.stream().flatMap(Replica::in).collect(Collectors.toUnmodifiableSet());
  }

  /** Among all pods. */
  public String name() {
    return namespace + "/" + pod;
  }

  /** An empty list comes back from the API server as none. */
  static <T> Stream<T> entries(@Nullable List<T> list) {
    return list == null ? Stream.empty() : list.stream();
  }

  private static Stream<Replica> in(EndpointSlice slice) {
    var metadata = slice.getMetadata();
    var labels = metadata.getLabels() == null ? Map.<String, String>of() : metadata.getLabels();
    var loadBalancer = labels.get(Api.LOAD_BALANCER_LABEL);
    if (loadBalancer == null || !labels.containsKey(Api.REPLICAS_LABEL)) {
      return Stream.empty();
    }
    return entries(slice.getPorts())
        .filter(port -> Api.MANAGEMENT_PORT.equals(port.getName()))
        .map(EndpointPort::getPort)
        .filter(Objects::nonNull)
        .limit(1)
        .flatMap(
            port ->
                entries(slice.getEndpoints())
                    .flatMap(
                        endpoint -> in(metadata.getNamespace(), loadBalancer, endpoint, port)));
  }

  private static Stream<Replica> in(
      String namespace, String loadBalancer, Endpoint endpoint, int port) {
    return Stream.ofNullable(endpoint.getTargetRef())
        .map(ObjectReference::getName)
        .filter(Objects::nonNull)
        .flatMap(
            pod ->
                endpoint.getAddresses().stream()
                    .limit(1)
                    .map(address -> new Replica(namespace, loadBalancer, pod, address, port)));
  }
}
