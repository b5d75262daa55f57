package cloud.thalassa.lb.dataplane.relay.port;

import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.Binding;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A UDP binding in service. Its sockets are needed for as long as flows live that came by them. */
public abstract class FlowPort extends BoundPort {
  private final AtomicInteger flows = new AtomicInteger();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile boolean unbinding;

  protected FlowPort(Binding binding, RelayMeters allMeters) {
    super(binding, allMeters);
  }

  /** Ends the flows that live and closes the sockets. Called again it does nothing more. */
  protected abstract CompletableFuture<Void> closeSockets();

  @Override
  public final CompletableFuture<Void> unbind() {
    unbinding = true;
    if (flows.get() == 0) {
      close();
    }
    return closed;
  }

  @Override
  public final CompletableFuture<Void> free() {
    unbinding = true;
    close();
    return closed;
  }

  public final boolean takesFlows() {
    return !unbinding;
  }

  public final void flowOpened() {
    flows.getAndIncrement();
  }

  public final void flowClosed() {
    if (flows.decrementAndGet() == 0 && unbinding) {
      close();
    }
  }

  private void close() {
    var _ = closeSockets().whenComplete((_, _) -> closed.complete(null));
  }
}
