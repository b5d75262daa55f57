package cloud.thalassa.lb.dataplane.relay.epoll;

import static java.util.Objects.requireNonNull;

import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.Binding;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import cloud.thalassa.lb.dataplane.relay.port.BoundPort;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes the connections of one TCP binding. */
final class TcpPort extends BoundPort implements Port {
  private final List<TcpListener> listeners = new CopyOnWriteArrayList<>();

  TcpPort(Binding binding, RelayMeters allMeters) {
    super(binding, allMeters);
  }

  @Override
  public void open(Loop loop, int fd) {
    var listener = new TcpListener(this, loop, fd);
    listeners.add(listener);
    loop.watch(listener);
  }

  @Override
  public CompletableFuture<Void> unbind() {
    return CompletableFuture.allOf(
        listeners.stream().map(TcpListener::unbind).toArray(CompletableFuture[]::new));
  }

  @Override
  public CompletableFuture<Void> free() {
    return unbind();
  }

  /** Takes a new connection, whose client's address is in the loop's. Never throws. */
  void accepted(TcpListener listener, Loop loop, int fd) {
    try {
      decide(listener, loop, fd);
    } catch (RuntimeException | Error defect) {
      loop.logDefect(defect);
      refuse(loop, fd, TerminationReason.INTERNAL_ERROR);
    }
  }

  private void decide(TcpListener listener, Loop loop, int fd) {
    var route = binding.route(loop.table.get());
    long high = SocketAddress.high(loop.address);
    long low = SocketAddress.low(loop.address);
    var refusal = gate.enter(route, binding.port(), high, low, loop.now, loop.limits);
    if (refusal == null) {
      loop.tcp().accepted(listener, requireNonNull(route, "nobody comes in without a route"), fd);
    } else {
      refuse(loop, fd, refusal);
    }
  }

  private void refuse(Loop loop, int fd, TerminationReason reason) {
    meters.ended(reason);
    loop.resetOnClose(fd);
    loop.linux.close(fd);
  }
}
