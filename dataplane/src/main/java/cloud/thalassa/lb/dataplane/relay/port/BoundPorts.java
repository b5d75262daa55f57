package cloud.thalassa.lb.dataplane.relay.port;

import cloud.thalassa.lb.dataplane.relay.Binding;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The ports that an engine serves. For any thread. */
public final class BoundPorts {
  private final Map<Binding, BoundPort> ports = new ConcurrentHashMap<>();
  private volatile boolean draining;

  /** Completes when nobody has the place of this binding, not even somebody who drains there. */
  public CompletableFuture<Void> freed(Binding binding) {
    return all(
        ports.entrySet().stream()
            .filter(entry -> entry.getKey().place().equals(binding.place()))
            .map(entry -> entry.getValue().free())
            .toList());
  }

  /** It is in service; not for long, when all are being unbound. */
  public void add(BoundPort port) {
    ports.put(port.binding, port);
    if (draining) {
      var _ = unbind(port.binding);
    }
  }

  /** Completes when the address is free. */
  public CompletableFuture<Void> unbind(Binding binding) {
    var port = ports.get(binding);
    return port == null
        ? CompletableFuture.completedFuture(null)
        : port.unbind().thenRun(() -> ports.remove(binding, port));
  }

  /** Unbinds all, and whoever is added from now on. */
  public CompletableFuture<Void> unbindAll() {
    draining = true;
    return all(ports.keySet().stream().map(this::unbind).toList());
  }

  private static CompletableFuture<Void> all(List<CompletableFuture<Void>> futures) {
    return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
  }
}
