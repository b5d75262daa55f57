package cloud.thalassa.lb.dataplane.relay.vertx;

import static java.util.Objects.requireNonNull;

import cloud.thalassa.lb.dataplane.admit.Ip;
import cloud.thalassa.lb.dataplane.relay.DropReason;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import cloud.thalassa.lb.dataplane.table.Route;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The socket of a UDP binding on one loop, and the flows of the clients that come to it. */
@SuppressWarnings("FutureReturnValueIgnored") // failures of a channel arrive in its pipeline
final class UdpReceiver extends ChannelInboundHandlerAdapter {
  /** Asked for; the system may give less. Bursts wait here. */
  private static final int SOCKET_BUFFER = 4 * 1024 * 1024;

  final UdpPort port;
  final NioDatagramChannel channel;
  final Loop loop;
  private final Map<InetSocketAddress, UdpFlow> flows = new HashMap<>();

  UdpReceiver(UdpPort port, NioDatagramChannel channel, Loop loop) {
    this.port = port;
    this.channel = channel;
    this.loop = loop;
    Sockets.prepare(channel, loop, SOCKET_BUFFER);
    channel.pipeline().addLast(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var packet = (DatagramPacket) message;
    var flow = flows.get(packet.sender());
    if (flow == null) {
      flow = take(packet.sender());
    }
    if (flow == null) {
      packet.release();
    } else {
      flow.toTarget(packet.content());
    }
  }

  /** Takes the content over. */
  void reply(ByteBuf content, InetSocketAddress client) {
    if (channel.isWritable()) {
      channel.writeAndFlush(new DatagramPacket(content, client), channel.voidPromise());
    } else {
      content.release();
      port.meters.dropped(DropReason.CONGESTED);
    }
  }

  void closed(UdpFlow flow) {
    flows.remove(flow.client);
    port.flowClosed();
  }

  CompletableFuture<Void> close() {
    if (!channel.isRegistered()) {
      return CompletableFuture.completedFuture(null);
    }
    return CompletableFuture.runAsync(this::endFlows, loop.events)
        .thenCompose(_ -> Sockets.close(channel));
  }

  private void endFlows() {
    List.copyOf(flows.values()).forEach(flow -> flow.end(TerminationReason.LISTENER_REMOVED));
  }

  /** A datagram that one client does not get must not disturb the others. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    port.meters.dropped(DropReason.SEND_FAILED);
  }

  /** Never throws: a datagram must not cost the client behind it anything. */
  private @Nullable UdpFlow take(InetSocketAddress client) {
    try {
      return decide(client);
    } catch (RuntimeException | Error defect) {
      loop.failed(defect);
      port.meters.ended(TerminationReason.INTERNAL_ERROR);
      return null;
    }
  }

  private @Nullable UdpFlow decide(InetSocketAddress client) {
    var route = port.takesFlows() ? port.binding.route(loop.table.get()) : null;
    var address = client.getAddress();
    var refusal =
        port.gate.enter(
            route,
            port.binding.port(),
            Ip.high(address),
            Ip.low(address),
            System.nanoTime(),
            loop.limits);
    if (refusal != null) {
      port.meters.ended(refusal);
      return null;
    }
    return open(client, requireNonNull(route, "nobody comes in without a route"));
  }

  private @Nullable UdpFlow open(InetSocketAddress client, Route route) {
    UdpFlow flow;
    try {
      flow = new UdpFlow(this, route, client);
    } catch (RuntimeException | Error defect) {
      loop.failed(defect);
      port.gate.left(route, Ip.high(client.getAddress()), Ip.low(client.getAddress()));
      port.meters.ended(TerminationReason.INTERNAL_ERROR);
      return null;
    }
    flows.put(client, flow);
    port.flowOpened();
    return flow.start() ? flow : null;
  }
}
