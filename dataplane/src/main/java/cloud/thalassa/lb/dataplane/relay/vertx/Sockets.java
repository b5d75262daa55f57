package cloud.thalassa.lb.dataplane.relay.vertx;

import cloud.thalassa.lb.dataplane.relay.RelayLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How the sockets of this engine are set. */
final class Sockets {
  /** Room for the longest datagram, so that none is ever cut short. */
  static final int DATAGRAM_BYTES = 65_536;

  private static final int SMALLEST_READ = 512;
  private static final int FIRST_READ = 4096;

  /**
   * Counts the memory that waiting bytes hold, not the bytes: a peer that sends single bytes must
   * not make us keep thousands of nearly empty buffers.
   */
  private static final MessageSizeEstimator MEMORY =
      () ->
          message ->
              switch (message) {
                case ByteBuf buffer -> buffer.capacity();
                case DatagramPacket packet -> packet.content().capacity();
                default -> 0;
              };

  private Sockets() {}

  /** Half-close is passed on, nothing is read before it can be written, and memory is bounded. */
  static void prepare(NioSocketChannel channel, Loop loop) {
    var limits = loop.limits;
    channel
        .config()
        .setAllowHalfClosure(true)
        .setKeepAlive(true)
        .setAutoRead(false)
        .setConnectTimeoutMillis((int) limits.connectTimeout().toMillis())
        .setAllocator(loop.buffers)
        .setRecvByteBufAllocator(
            new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, limits.readBytes()))
        .setMessageSizeEstimator(MEMORY)
        .setWriteBufferWaterMark(waterMark(limits));
  }

  static void prepare(NioDatagramChannel channel, Loop loop, int socketBuffer) {
    channel
        .config()
        .setReceiveBufferSize(socketBuffer)
        .setSendBufferSize(socketBuffer)
        .setAllocator(loop.buffers)
        .setRecvByteBufAllocator(new FixedRecvByteBufAllocator(DATAGRAM_BYTES))
        .setMessageSizeEstimator(MEMORY)
        .setWriteBufferWaterMark(waterMark(loop.limits));
  }

  /**
   * Whether it refused to be connected, did not answer or cannot be reached; not a lack of ours.
   */
  static boolean isFaultOfPeer(Throwable cause) {
    return cause instanceof ConnectException || cause instanceof NoRouteToHostException;
  }

  /** Null: both families. */
  static @Nullable ProtocolFamily family(InetSocketAddress address) {
    var ip = address.getAddress();
    if (ip.isAnyLocalAddress()) {
      return null;
    }
    return ip instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
  }

  /** Ends a connection so that nobody can take what arrived for all there was. */
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end of a socket
  static void reset(NioSocketChannel channel) {
    try {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    } catch (ChannelException alreadyGone) {
      // its peer was faster
    }
    if (channel.isRegistered()) {
      channel.close();
    } else {
      channel.unsafe().closeForcibly();
    }
  }

  /** Completes when the address is free, which is not before the selector has let it go. */
  @SuppressWarnings("FutureReturnValueIgnored") // the channel always closes
  static CompletableFuture<Void> close(Channel channel) {
    var freed = new CompletableFuture<Void>();
    channel
        .close()
        .addListener(
            _ ->
                channel.eventLoop().schedule(() -> freed.complete(null), 1, TimeUnit.MILLISECONDS));
    return freed;
  }

  static <C extends Channel> CompletableFuture<C> completable(C channel, ChannelFuture future) {
    var result = new CompletableFuture<C>();
    future.addListener(
        done -> {
          if (done.isSuccess()) {
            result.complete(channel);
          } else {
            result.completeExceptionally(done.cause());
          }
        });
    return result;
  }

  private static WriteBufferWaterMark waterMark(RelayLimits limits) {
    return new WriteBufferWaterMark(limits.bufferedBytes() / 2, limits.bufferedBytes());
  }
}
