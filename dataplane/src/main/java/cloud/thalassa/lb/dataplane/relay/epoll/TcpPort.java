package cloud.thalassa.lb.dataplane.relay.epoll;

import static java.util.Objects.requireNonNull;

import cloud.thalassa.lb.dataplane.meter.ListenerMeters;
import cloud.thalassa.lb.dataplane.meter.PoolMeters;
import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.Binding;
import cloud.thalassa.lb.dataplane.relay.Gate;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import cloud.thalassa.lb.dataplane.table.Route;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes the connections of one TCP binding. */
final class TcpPort implements Port {
  final Binding binding;
  final ListenerMeters meters;
  final Gate gate;
  private final RelayMeters allMeters;
  private final List<TcpListener> listeners = new CopyOnWriteArrayList<>();

  TcpPort(Binding binding, RelayMeters allMeters) {
    this.binding = binding;
    this.meters = allMeters.listener(binding.listener());
    this.gate = meters.gate();
    this.allMeters = allMeters;
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

  PoolMeters poolMeters(Route route) {
    return allMeters.pool(binding.listener().loadBalancer(), route.pool().name());
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
    var refusal = gate.enter(route, high, low, loop.now, loop.limits);
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
