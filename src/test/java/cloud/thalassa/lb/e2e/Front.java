package cloud.thalassa.lb.e2e;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The Service of a load balancer as clients see it: what kube-proxy makes of its slices, and as
 * late as kube-proxy is.
 */
final class Front implements Supplier<String>, AutoCloseable {
  private final long lagNanos;
  private final SharedIndexInformer<EndpointSlice> slices;

  /** The addresses since a moment; the first was before everything. */
  private final ConcurrentSkipListMap<Long, List<String>> history = new ConcurrentSkipListMap<>();

  private final AtomicInteger turn = new AtomicInteger();

  /**
   * @param lag from a change to the moment in which new connections follow it
   */
  Front(Tenant tenant, String loadBalancer, Duration lag) {
    lagNanos = lag.toNanos();
    slices =
        tenant
            .client
            .resources(EndpointSlice.class)
            .inNamespace(tenant.namespace)
            .withLabel("kubernetes.io/service-name", "lb-" + loadBalancer)
            .inform();
    slices.addEventHandler(new Changes());
  }

  /** Where the next new connection goes. */
  @Override
  public String get() {
    var then = history.floorEntry(System.nanoTime() - lagNanos);
    var addresses = then == null ? history.firstEntry().getValue() : then.getValue();
    return addresses.get(Math.floorMod(turn.getAndIncrement(), addresses.size()));
  }

  /** Who gets new connections by the slices, without the lag. */
  Set<String> now() {
    return history.isEmpty() ? Set.of() : Set.copyOf(history.lastEntry().getValue());
  }

  /** Returns how long it took, in milliseconds. */
  long awaitThat(String what, Predicate<Set<String>> holds) {
    var begun = System.nanoTime();
    await(what)
        .atMost(Tenant.PATIENCE.multipliedBy(2))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> holds.test(now()));
    return (history.lastKey() - begun) / 1_000_000;
  }

  private void changed() {
    var ready = addresses(endpoint -> endpoint.getConditions().getReady());
    var last = addresses(endpoint -> endpoint.getConditions().getServing());
    history.put(System.nanoTime(), ready.isEmpty() ? last : ready);
  }

  private List<String> addresses(Predicate<Endpoint> which) {
    var addresses = new HashSet<String>();
    slices.getStore().list().stream()
        .filter(slice -> slice.getAddressType().equals("IPv4"))
        .flatMap(slice -> slice.getEndpoints().stream())
        .filter(which)
        .forEach(endpoint -> addresses.addAll(endpoint.getAddresses()));
    return List.copyOf(addresses);
  }

  @Override
  public void close() {
    slices.close();
  }

  private final class Changes implements ResourceEventHandler<EndpointSlice> {
    @Override
    public void onAdd(EndpointSlice slice) {
      changed();
    }

    @Override
    public void onUpdate(EndpointSlice before, EndpointSlice after) {
      changed();
    }

    @Override
    public void onDelete(EndpointSlice slice, boolean unknown) {
      changed();
    }
  }
}
