package cloud.thalassa.lb.dataplane.relay.vertx;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Binds one socket per loop to the same address where the system can (SO_REUSEPORT), else one for
 * all. The first socket is bound alone, and shares its port only then: a port that another program
 * serves must not look free.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end of a socket
final class PortBinder {
  private final List<Loop> loops;
  private final boolean reusePort;

  PortBinder(List<Loop> loops, boolean reusePort) {
    this.loops = loops;
    this.reusePort = reusePort;
  }

  /** Fails with an IOException, and then keeps nothing open. */
  CompletableFuture<List<Channel>> bind(Port port, InetSocketAddress address) {
    if (!reusePort || loops.size() == 1) {
      return bind(port, loops.getFirst(), loops, address, false).thenApply(List::of);
    }
    return bind(port, loops.getFirst(), List.of(loops.getFirst()), address, false)
        .thenCompose(first -> share(port, first));
  }

  private CompletableFuture<List<Channel>> share(Port port, Channel first) {
    first.config().setOption(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
    var others =
        loops.stream()
            .skip(1)
            .map(
                loop ->
                    bind(port, loop, List.of(loop), (InetSocketAddress) first.localAddress(), true))
            .toList();
    return CompletableFuture.allOf(others.toArray(CompletableFuture[]::new))
        .handle(
            (_, failure) -> {
              var bound = new ArrayList<Channel>(List.of(first));
              others.stream()
                  .filter(o -> !o.isCompletedExceptionally())
                  .forEach(o -> bound.add(o.join()));
              if (failure != null) {
                bound.forEach(Channel::close);
                throw new CompletionException(failure.getCause());
              }
              return List.copyOf(bound);
            });
  }

  private static CompletableFuture<Channel> bind(
      Port port, Loop loop, List<Loop> homes, InetSocketAddress address, boolean shared) {
    Channel channel;
    try {
      channel = port.open(loop, homes);
      if (shared) {
        channel.config().setOption(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
      }
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
    return Sockets.completable(channel, loop.events.register(channel))
        .thenCompose(registered -> Sockets.completable(registered, registered.bind(address)))
        .whenComplete(
            (_, failure) -> {
              if (failure != null) {
                channel.close();
              }
            });
  }
}
