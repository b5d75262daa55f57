package cloud.thalassa.lb.dataplane.relay.epoll;

import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.Binding;
import cloud.thalassa.lb.dataplane.relay.RelayEngine;
import cloud.thalassa.lb.dataplane.relay.RelayLimits;
import cloud.thalassa.lb.dataplane.relay.port.BoundPort;
import cloud.thalassa.lb.dataplane.relay.port.BoundPorts;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Relays on epoll loops of its own, one for each core. Linux only. */
public final class EpollEngine implements RelayEngine {
  private final RelayMeters meters;
  private final List<Loop> loops;
  private final SocketBinder binder;
  private final BoundPorts ports = new BoundPorts();

  private EpollEngine(RelayMeters meters, List<Loop> loops, SocketBinder binder) {
    this.meters = meters;
    this.loops = loops;
    this.binder = binder;
  }

  /**
   * Starts the loops; they end with this Vert.x.
   *
   * @param table the newest one; read once per connection, from every loop
   * @throws IOException with the reason in words, when this system cannot run it
   */
  public static EpollEngine start(
      Vertx vertx, Supplier<RoutingTable> table, RelayMeters meters, RelayLimits limits)
      throws IOException {
    return start(
        vertx, table, meters, limits, Platform::linux, Runtime.getRuntime().availableProcessors());
  }

  /** Links the system calls, if there are any: it takes as long as several hundred classes. */
  public static void prepare() {
    try {
      var _ = Platform.linux();
    } catch (IOException e) {
      // whoever starts one says it
    }
  }

  static EpollEngine start(
      Vertx vertx,
      Supplier<RoutingTable> table,
      RelayMeters meters,
      RelayLimits limits,
      SystemCalls calls,
      int count)
      throws IOException {
    var outside = calls.forOneThread();
    var loops = new ArrayList<Loop>();
    try {
      for (int i = 0; i < count; i++) {
        loops.add(new Loop(calls.forOneThread(), outside, table, limits, new SplittableRandom()));
      }
    } catch (IOException e) {
      loops.forEach(Loop::close);
      throw e;
    }
    for (int i = 0; i < count; i++) {
      var _ = vertx.deployVerticle(new LoopVerticle(loops.get(i), i));
    }
    return new EpollEngine(
        meters, List.copyOf(loops), new SocketBinder(outside, limits.acceptBacklog()));
  }

  @Override
  public CompletableFuture<InetSocketAddress> bind(Binding binding) {
    return ports
        .freed(binding)
        .thenCompose(
            _ ->
                switch (binding.protocol()) {
                  case TCP -> open(new TcpPort(binding, meters));
                  case UDP -> open(new UdpPort(binding, meters));
                });
  }

  private <P extends BoundPort & Port> CompletableFuture<InetSocketAddress> open(P port) {
    try {
      var binding = port.binding;
      var fds = binder.bind(binding.protocol(), binding.address(), loops.size());
      var address = binder.localAddress(fds[0]);
      var opened = new CompletableFuture<?>[fds.length];
      for (int i = 0; i < fds.length; i++) {
        opened[i] = open(port, loops.get(i), fds[i]);
      }
      return CompletableFuture.allOf(opened)
          .thenApply(
              _ -> {
                ports.add(port);
                return address;
              });
    } catch (SystemCallFailed e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static CompletableFuture<Void> open(Port port, Loop loop, int fd) {
    var opened = new CompletableFuture<Void>();
    loop.execute(
        () -> {
          port.open(loop, fd);
          opened.complete(null);
        });
    return opened;
  }

  @Override
  public CompletableFuture<Void> unbind(Binding binding) {
    return ports.unbind(binding);
  }

  @Override
  public void tableChanged() {
    loops.forEach(Loop::tableChanged);
  }

  @Override
  public CompletableFuture<Void> drain(Duration deadline) {
    var at = System.nanoTime() + deadline.toNanos();
    return CompletableFuture.allOf(
        Stream.concat(Stream.of(ports.unbindAll()), loops.stream().map(loop -> loop.drain(at)))
            .toArray(CompletableFuture[]::new));
  }

  /** Where system calls come from. */
  interface SystemCalls {
    /** Fails with the reason in words, when there are none. */
    Linux forOneThread() throws IOException;
  }
}
