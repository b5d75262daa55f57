package cloud.thalassa.lb.dataplane.relay.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One of the two sockets of a connection: what it reads, the other writes. */
@SuppressWarnings("FutureReturnValueIgnored") // failures of a channel arrive in its pipeline
final class TcpLeg extends ChannelInboundHandlerAdapter {
  final NioSocketChannel channel;
  boolean outputDone;

  private final TcpSession session;
  private @Nullable TcpLeg peer;
  private boolean inputDone;
  private long received;
  private long pendingBefore;

  TcpLeg(TcpSession session, NioSocketChannel channel) {
    this.session = session;
    this.channel = channel;
  }

  void join(TcpLeg other) {
    peer = other;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    pass((ByteBuf) message);
  }

  /** Writes to the peer what was read here. Takes the content over. */
  void pass(ByteBuf content) {
    received += content.readableBytes();
    var out = peer().channel;
    out.write(content, out.voidPromise());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    peer().channel.flush();
  }

  /** Nothing is read for a peer that does not take it. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    var source = peer();
    if (!source.inputDone) {
      source.channel.config().setAutoRead(channel.isWritable());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE && !inputDone) {
      inputDone = true;
      channel.config().setAutoRead(false);
      session.inputFinished(this);
      peer().finishOutput();
    }
  }

  /** Passes the end on behind the last byte. */
  private void finishOutput() {
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            written -> {
              if (written.isSuccess()) {
                channel
                    .shutdownOutput()
                    .addListener(
                        _ -> {
                          outputDone = true;
                          session.outputFinished();
                        });
              }
            });
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    session.broken(this, cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    session.lost(this);
  }

  long takeReceived() {
    var taken = received;
    received = 0;
    return taken;
  }

  /** Whether bytes that wait for the peer became fewer or more since the last call. */
  boolean outputMoved() {
    var buffer = channel.unsafe().outboundBuffer();
    var pending = buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    var moved = pending != pendingBefore;
    pendingBefore = pending;
    return moved;
  }

  private TcpLeg peer() {
    return Objects.requireNonNull(peer, "a leg reads only after it was joined");
  }
}
