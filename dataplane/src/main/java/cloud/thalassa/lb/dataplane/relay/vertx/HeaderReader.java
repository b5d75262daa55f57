package cloud.thalassa.lb.dataplane.relay.vertx;

import cloud.thalassa.lb.dataplane.proxyprotocol.ProxyHeaderReader;
import cloud.thalassa.lb.dataplane.proxyprotocol.Reading;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stands before the leg of a client whose upstream is trusted, until its header is read. */
final class HeaderReader extends ChannelInboundHandlerAdapter {
  private final TcpSession session;
  private final Loop loop;
  private @Nullable ByteBuf read;
  private @Nullable ScheduledFuture<?> timeout;
  private boolean done;

  HeaderReader(TcpSession session, Loop loop) {
    this.session = session;
    this.loop = loop;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    timeout =
        loop.events.schedule(
            () -> session.end(TerminationReason.BAD_PROXY_HEADER),
            loop.limits.proxyHeaderTimeout().toNanos(),
            TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var whole = joined((ByteBuf) message);
    switch (ProxyHeaderReader.read(whole.nioBuffer())) {
      case Reading.Unread.INCOMPLETE -> read = whole;
      case Reading.Unread.MALFORMED -> {
        whole.release();
        session.end(TerminationReason.BAD_PROXY_HEADER);
      }
      case Reading.Header header -> {
        finish();
        context.channel().config().setAutoRead(false);
        whole.skipBytes(header.length());
        loop.guard(session, s -> s.identified(header.origin(), whole));
      }
    }
  }

  /** The leg is not joined yet. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {}

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE && !done) {
      session.end(TerminationReason.BAD_PROXY_HEADER);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    finish();
    if (read != null) {
      read.release();
      read = null;
    }
  }

  private void finish() {
    done = true;
    if (timeout != null) {
      timeout.cancel(false);
    }
  }

  private ByteBuf joined(ByteBuf more) {
    var before = read;
    if (before == null) {
      return more;
    }
    read = null;
    var whole = loop.buffers.buffer(before.readableBytes() + more.readableBytes());
    whole.writeBytes(before).writeBytes(more);
    before.release();
    more.release();
    return whole;
  }
}
