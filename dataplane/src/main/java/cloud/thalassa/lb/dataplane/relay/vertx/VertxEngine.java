package cloud.thalassa.lb.dataplane.relay.vertx;

import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.Binding;
import cloud.thalassa.lb.dataplane.relay.RelayEngine;
import cloud.thalassa.lb.dataplane.relay.RelayLimits;
import cloud.thalassa.lb.dataplane.relay.port.BoundPort;
import cloud.thalassa.lb.dataplane.relay.port.BoundPorts;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoop;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Relays on the event loops of Vert.x. Runs wherever Java does. */
public final class VertxEngine implements RelayEngine {
  private static final int PAGE_BYTES = 8192;
  private static final int CHUNK_ORDER = 9; // chunks of 4 MB

  private final RelayMeters meters;
  private final List<Loop> loops;
  private final PortBinder binder;
  private final BoundPorts ports = new BoundPorts();

  /**
   * @param table the newest one; read once per connection, from every loop
   * @throws IllegalStateException when the loops of this Vert.x are not those of Java NIO
   */
  public VertxEngine(
      Vertx vertx, Supplier<RoutingTable> table, RelayMeters meters, RelayLimits limits) {
    this.meters = meters;
    loops = loops(vertx.nettyEventLoopGroup(), table, limits);
    binder = new PortBinder(loops, hasReusePort());
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
    return binder
        .bind(port, port.binding.address())
        .thenApply(
            channels -> {
              ports.add(port);
              return (InetSocketAddress) channels.getFirst().localAddress();
            });
  }

  @Override
  public CompletableFuture<Void> unbind(Binding binding) {
    return ports.unbind(binding);
  }

  @Override
  public void tableChanged() {
    loops.forEach(loop -> loop.events.execute(loop::tableChanged));
  }

  @Override
  public CompletableFuture<Void> drain(Duration deadline) {
    var at = System.nanoTime() + deadline.toNanos();
    return CompletableFuture.allOf(
        Stream.concat(Stream.of(ports.unbindAll()), loops.stream().map(loop -> loop.drain(at)))
            .toArray(CompletableFuture[]::new));
  }

  private static List<Loop> loops(
      EventLoopGroup group, Supplier<RoutingTable> table, RelayLimits limits) {
    var events =
        StreamSupport.stream(group.spliterator(), false)
            .limit(Runtime.getRuntime().availableProcessors())
            .map(
                executor -> {
                  if (executor instanceof NioEventLoop loop) {
                    return loop;
                  }
                  throw new IllegalStateException(
                      "The engine vertx needs the NIO event loops of Vert.x, not "
                          + executor.getClass().getSimpleName()
                          + ": do not prefer the native transport");
                })
            .toList();
    var buffers = new PooledByteBufAllocator(true, 0, events.size(), PAGE_BYTES, CHUNK_ORDER);
    return events.stream()
        .map(loop -> new Loop(loop, table, limits, buffers, new SplittableRandom()))
        .toList();
  }

  private static boolean hasReusePort() {
    try (var socket = ServerSocketChannel.open()) {
      return socket.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
    } catch (IOException e) {
      throw new UncheckedIOException("No socket can be opened", e);
    }
  }
}
