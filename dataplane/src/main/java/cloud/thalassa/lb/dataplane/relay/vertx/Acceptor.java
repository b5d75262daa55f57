package cloud.thalassa.lb.dataplane.relay.vertx;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A listening socket. Where it is the only one of its port, it hands out to all loops in turn. */
@SuppressWarnings("FutureReturnValueIgnored") // failures of a channel arrive in its pipeline
final class Acceptor extends NioServerSocketChannel {
  private static final int PAUSE_SECONDS = 1;

  private final TcpPort port;
  private final List<Loop> homes;
  private int turn;

  Acceptor(ServerSocketChannel socket, TcpPort port, List<Loop> homes) {
    super(socket);
    this.port = port;
    this.homes = homes;
    config().setBacklog(homes.getFirst().limits.acceptBacklog());
    pipeline().addLast(new Accepting());
  }

  /** Who has been connected by the system is served, though nobody accepted it yet. */
  CompletableFuture<Void> acceptRestAndClose() {
    if (!isRegistered()) {
      return CompletableFuture.completedFuture(null);
    }
    return CompletableFuture.runAsync(this::acceptRest, eventLoop())
        .thenCompose(_ -> Sockets.close(this));
  }

  private void acceptRest() {
    var rest = new ArrayList<Object>();
    try {
      while (isActive() && doReadMessages(rest) > 0) {
        // one a turn
      }
    } catch (Exception e) {
      pipeline().fireExceptionCaught(e);
    }
    rest.forEach(pipeline()::fireChannelRead);
  }

  private final class Accepting extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      var client = (NioSocketChannel) message;
      var home = homes.get(turn);
      turn = (turn + 1) % homes.size();
      if (home.events.inEventLoop()) {
        port.accepted(client, home);
      } else {
        home.events.execute(() -> port.accepted(client, home));
      }
    }

    /** Most likely there are no file descriptors left: trying at once again would only spin. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      port.meters.acceptPaused();
      config().setAutoRead(false);
      eventLoop().schedule(() -> config().setAutoRead(true), PAUSE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
