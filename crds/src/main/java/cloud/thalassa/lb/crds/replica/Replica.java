package cloud.thalassa.lb.crds.replica;

import cloud.thalassa.lb.crds.Api;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A replica of a load balancer.
 *
 * @param port of its management
 */
public record Replica(String pod, String address, int port) {

  /**
   * Those that are watched over.
   *
   * @param slices of the load balancer's namespace, written by the operator
   */
  public static List<Replica> of(String loadBalancer, List<EndpointSlice> slices) {
    return slices.stream()
        .filter(it -> loadBalancer.equals(label(it, Api.LOAD_BALANCER_LABEL)))
        .filter(it -> "true".equals(label(it, Api.REPLICAS_LABEL)))
        .flatMap(Replica::in)
        .toList();
  }

  private static String label(EndpointSlice slice, String key) {
    var labels = slice.getMetadata().getLabels();
    return labels == null ? "" : labels.getOrDefault(key, "");
  }

  private static Stream<Replica> in(EndpointSlice slice) {
    var port =
        slice.getPorts().stream()
            .filter(it -> Api.MANAGEMENT_PORT.equals(it.getName()))
            .map(EndpointPort::getPort)
            .filter(Objects::nonNull)
            .findFirst();
    return slice.getEndpoints().stream()
        .filter(it -> port.isPresent() && it.getTargetRef() != null)
        .map(
            it ->
                new Replica(
                    it.getTargetRef().getName(), it.getAddresses().getFirst(), port.orElseThrow()));
  }

  URI uri(String path) {
    var host = address.indexOf(':') < 0 ? address : "[" + address + "]";
    return URI.create("http://" + host + ":" + port + path);
  }
}
