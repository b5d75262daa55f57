package cloud.thalassa.lb.api.replica;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import cloud.thalassa.lb.crds.replica.Replica;
import cloud.thalassa.lb.crds.replica.ReplicaClient;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What flows through load balancers, as long as somebody looks: their replicas are asked when it is
 * asked for, and not more often than every few seconds for all who look at the same one.
 */
@ApplicationScoped
public class Flows {
  /** Looked at at a time; beyond that, who was looked at longest ago begins anew. */
  private static final int MOST = 200;

  /** Of documentation (RFC 5737). */
  private static final String SOME_ADDRESS = "192.0.2.2";

  private final Map<String, Watch> watches = new ConcurrentHashMap<>();
  private final ReplicaClient client = new ReplicaClient();
  private final InstantSource clock = InstantSource.system();

  /**
   * Blocks for a few seconds at most.
   *
   * @param groups whose targets are of interest, {@code namespace/name}
   * @param slices of the load balancer's namespace
   */
  public Flow of(
      LoadBalancer balancer,
      List<Listener> listeners,
      Set<String> groups,
      List<EndpointSlice> slices) {
    if (watches.size() >= MOST) {
      forget();
    }
    var metadata = balancer.getMetadata();
    var watch = watches.computeIfAbsent(metadata.getUid(), _ -> new Watch(clock, client));
    var doors = listeners.stream().map(it -> door(balancer, it)).toList();
    return watch.look(
        metadata.getNamespace() + "/" + metadata.getName(),
        doors,
        groups,
        Replica.of(metadata.getName(), slices));
  }

  private static Door door(LoadBalancer balancer, Listener listener) {
    var metadata = listener.getMetadata();
    var spec = listener.getSpec();
    return new Door(
        metadata.getNamespace() + "/" + metadata.getName(),
        spec.protocol(),
        spec.port(),
        address(balancer));
  }

  private static String address(LoadBalancer balancer) {
    var status = balancer.getStatus();
    return status == null
        ? SOME_ADDRESS
        : status.addresses().stream()
            .map(Address::ip)
            .filter(it -> it.matches("[0-9.]+"))
            .findFirst()
            .orElse(SOME_ADDRESS);
  }

  private void forget() {
    watches.values().removeIf(Watch::idle);
    watches.entrySet().stream()
        .min((one, other) -> one.getValue().looked().compareTo(other.getValue().looked()))
        .filter(_ -> watches.size() >= MOST)
        .ifPresent(it -> watches.remove(it.getKey()));
  }

  @PreDestroy
  void close() {
    client.close();
  }
}
