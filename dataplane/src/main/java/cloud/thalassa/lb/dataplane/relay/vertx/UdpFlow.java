package cloud.thalassa.lb.dataplane.relay.vertx;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.dataplane.admit.Ip;
import cloud.thalassa.lb.dataplane.proxyprotocol.ProxyHeader;
import cloud.thalassa.lb.dataplane.relay.Departure;
import cloud.thalassa.lb.dataplane.relay.DropReason;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import cloud.thalassa.lb.dataplane.select.Target;
import cloud.thalassa.lb.dataplane.table.Membership;
import cloud.thalassa.lb.dataplane.table.Route;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** What one client address and port sends to a listener, and the target that answers it. */
@SuppressWarnings("FutureReturnValueIgnored") // failures of a channel arrive in its pipeline
final class UdpFlow extends Session {
  private static final int SOCKET_BUFFER = 1024 * 1024;
  private static final int LONGEST_IPV4 = 65_535 - 20 - 8;
  private static final int LONGEST_IPV6 = 65_535 - 8;

  private static final InetAddress ANY_IPV4 = InetAddress.ofLiteral("0.0.0.0");

  final InetSocketAddress client;
  private final long clientHigh;
  private final long clientLow;
  private final UdpReceiver receiver;
  private final byte[] header;

  /** Under which it came in. */
  private final Route entry;

  private Route route;
  private Iterator<Target> candidates;
  private @Nullable Upstream upstream;
  private @Nullable InetSocketAddress targetAddress;
  private long toTarget;
  private long toClient;
  private long toTargetBefore;
  private long toClientBefore;
  private boolean ended;

  UdpFlow(UdpReceiver receiver, Route route, InetSocketAddress client) {
    super(route.idleTimeout().toNanos(), System.nanoTime());
    this.receiver = receiver;
    this.route = route;
    this.entry = route;
    this.client = client;
    clientHigh = Ip.high(client.getAddress());
    clientLow = Ip.low(client.getAddress());
    candidates = candidates();
    header = ProxyHeader.encode(route.proxyProtocol(), Protocol.UDP, client, listener());
  }

  /** False: it has ended, for nobody serves. */
  boolean start() {
    receiver.loop.add(this);
    receiver.loop.guard(this, flow -> flow.move(TerminationReason.NO_TARGET));
    return !ended;
  }

  /** Takes the content over. */
  void toTarget(ByteBuf content) {
    toTarget += content.readableBytes();
    if (upstream == null) {
      content.release();
    } else {
      upstream.send(content);
    }
  }

  @Override
  void tableChanged(RoutingTable table, long now) {
    if (upstream == null) {
      return;
    }
    var departure = Departure.of(table, receiver.port.binding, route, upstream.target);
    var current = receiver.port.binding.route(table);
    if (current == null
        || (departure != null && departure.reason() == TerminationReason.LISTENER_REMOVED)) {
      depart(departure, now);
      return;
    }
    depart(null, now);
    var stays = departure == null && current.membership(upstream.target) == Membership.SERVING;
    route = current;
    if (!stays) {
      candidates = candidates();
      move(TerminationReason.TARGET_DRAINED);
    }
  }

  @Override
  boolean account() {
    var moved = toTarget + toClient > toTargetBefore + toClientBefore;
    receiver.port.meters.relayed(toTarget - toTargetBefore, toClient - toClientBefore);
    toTargetBefore = toTarget;
    toClientBefore = toClient;
    return moved;
  }

  @Override
  void end(TerminationReason reason) {
    if (ended) {
      return;
    }
    ended = true;
    account();
    leaveUpstream();
    receiver.loop.remove(this);
    receiver.port.gate.left(entry, clientHigh, clientLow);
    receiver.port.meters.ended(
        reason,
        clientHigh,
        clientLow,
        client.getPort(),
        targetAddress,
        toTarget,
        toClient,
        age(System.nanoTime()));
    receiver.closed(this);
  }

  /** To the next candidate that can be sent to, or to the end. */
  private void move(TerminationReason ifNone) {
    leaveUpstream();
    for (int i = 0; i < receiver.loop.limits.connectTries() && candidates.hasNext(); i++) {
      var target = candidates.next();
      receiver.port.poolMeters(target).selected();
      var to = route.targetAddress(target, receiver.port.binding.port());
      upstream = connect(target, to);
      if (upstream != null) {
        targetAddress = to;
        return;
      }
      receiver.port.poolMeters(target).connectFailed();
    }
    end(ifNone);
  }

  private void refused(Target target) {
    var poolMeters = receiver.port.poolMeters(target);
    poolMeters.connectFailed();
    if (route.failed(target, System.nanoTime())) {
      poolMeters.avoided();
    }
    move(TerminationReason.TARGET_RESET);
  }

  private @Nullable Upstream connect(Target target, InetSocketAddress to) {
    var ipv4 = target.address().getAddress() instanceof Inet4Address;
    NioDatagramChannel channel;
    try {
      channel =
          new NioDatagramChannel(
              DatagramChannel.open(
                  ipv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6));
    } catch (IOException | ChannelException noSocket) {
      return null;
    }
    Sockets.prepare(channel, receiver.loop, SOCKET_BUFFER);
    receiver.loop.events.register(channel);
    if (!channel.connect(to).isSuccess()) {
      channel.close();
      return null;
    }
    var opened = new Upstream(target, channel, (ipv4 ? LONGEST_IPV4 : LONGEST_IPV6));
    channel.pipeline().addLast(opened);
    return opened;
  }

  private void leaveUpstream() {
    if (upstream != null) {
      upstream.target.closed();
      upstream.channel.close();
      upstream = null;
    }
  }

  /** Of a wildcard socket nobody can tell where a datagram came in: the family is true at least. */
  private InetSocketAddress listener() {
    var local = receiver.channel.localAddress();
    return local.getAddress().isAnyLocalAddress() && client.getAddress() instanceof Inet4Address
        ? new InetSocketAddress(ANY_IPV4, local.getPort())
        : local;
  }

  private Iterator<Target> candidates() {
    return route.candidates(clientHigh, clientLow, System.nanoTime(), receiver.loop.random);
  }

  /** The socket that is connected to the target. */
  private final class Upstream extends ChannelInboundHandlerAdapter {
    private final Target target;
    private final NioDatagramChannel channel;
    private final int longest;

    Upstream(Target target, NioDatagramChannel channel, int longest) {
      this.target = target;
      this.channel = channel;
      this.longest = longest;
      target.opened();
    }

    void send(ByteBuf content) {
      if (content.readableBytes() + header.length > longest) {
        drop(content, DropReason.OVERSIZE);
      } else if (!channel.isWritable()) {
        drop(content, DropReason.CONGESTED);
      } else {
        channel.writeAndFlush(
            header.length == 0 ? content : headed(content), channel.voidPromise());
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      var content = ((DatagramPacket) message).content();
      if (ended || upstream != this) {
        content.release();
        return;
      }
      target.succeeded();
      toClient += content.readableBytes();
      receiver.reply(content, client);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (ended || upstream != this) {
        return;
      }
      if (cause instanceof PortUnreachableException) {
        receiver.loop.guard(UdpFlow.this, flow -> flow.refused(target));
      } else {
        receiver.port.meters.dropped(DropReason.SEND_FAILED);
      }
    }

    private ByteBuf headed(ByteBuf content) {
      var whole = channel.alloc().directBuffer(header.length + content.readableBytes());
      whole.writeBytes(header).writeBytes(content);
      content.release();
      return whole;
    }

    private void drop(ByteBuf content, DropReason reason) {
      content.release();
      receiver.port.meters.dropped(reason);
    }
  }
}
