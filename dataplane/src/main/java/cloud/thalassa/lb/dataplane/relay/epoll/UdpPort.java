package cloud.thalassa.lb.dataplane.relay.epoll;

import cloud.thalassa.lb.dataplane.meter.ListenerMeters;
import cloud.thalassa.lb.dataplane.meter.PoolMeters;
import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.Binding;
import cloud.thalassa.lb.dataplane.relay.Gate;
import cloud.thalassa.lb.dataplane.table.Route;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes the datagrams of one UDP binding. The system spreads clients over the sockets of its loops
 * by hash, and the same client always comes to the same one as long as none of them is closed:
 * hence they are closed together.
 */
final class UdpPort implements Port {
  final Binding binding;
  final ListenerMeters meters;
  final Gate gate;
  private final RelayMeters allMeters;
  private final List<UdpSocket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger flows = new AtomicInteger();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile boolean unbinding;

  UdpPort(Binding binding, RelayMeters allMeters) {
    this.binding = binding;
    this.meters = allMeters.listener(binding.listener());
    this.gate = meters.gate();
    this.allMeters = allMeters;
  }

  @Override
  public void open(Loop loop, int fd) {
    sockets.add(loop.udp().open(this, fd));
  }

  @Override
  public CompletableFuture<Void> unbind() {
    unbinding = true;
    if (flows.get() == 0) {
      close();
    }
    return closed;
  }

  @Override
  public CompletableFuture<Void> free() {
    unbinding = true;
    close();
    return closed;
  }

  boolean takesFlows() {
    return !unbinding;
  }

  void flowOpened() {
    flows.getAndIncrement();
  }

  void flowClosed() {
    if (flows.decrementAndGet() == 0 && unbinding) {
      close();
    }
  }

  PoolMeters poolMeters(Route route) {
    return allMeters.pool(binding.listener().loadBalancer(), route.pool().name());
  }

  private void close() {
    var _ =
        CompletableFuture.allOf(
                sockets.stream().map(UdpSocket::close).toArray(CompletableFuture[]::new))
            .whenComplete((_, _) -> closed.complete(null));
  }
}
