package cloud.thalassa.lb.dataplane.relay.vertx;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.dataplane.admit.Ip;
import cloud.thalassa.lb.dataplane.proxyprotocol.ProxyHeader;
import cloud.thalassa.lb.dataplane.proxyprotocol.Reading.Origin;
import cloud.thalassa.lb.dataplane.relay.Departure;
import cloud.thalassa.lb.dataplane.relay.Gate;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import cloud.thalassa.lb.dataplane.select.Target;
import cloud.thalassa.lb.dataplane.table.Route;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** One connection of a client, from its acceptance to its end. */
@SuppressWarnings("FutureReturnValueIgnored") // failures of a channel arrive in its pipeline
final class TcpSession extends Session {
  private final TcpPort port;
  private final Route route;
  private final Loop loop;
  private final TcpLeg client;

  /** Who the client is and where it connected, as far as is known. */
  private Origin origin;

  private long clientHigh;
  private long clientLow;

  private boolean identified;
  private @Nullable ByteBuf early;
  private Iterator<Target> candidates = Collections.emptyIterator();
  private int tries;
  private @Nullable Target target;
  private @Nullable InetSocketAddress targetAddress;
  private long toTarget;
  private long toClient;
  private @Nullable TcpLeg upstream;
  private @Nullable TerminationReason finishing;
  private boolean ended;

  TcpSession(TcpPort port, Route route, NioSocketChannel channel, Loop loop) {
    super(route.idleTimeout().toNanos(), System.nanoTime());
    this.port = port;
    this.route = route;
    this.loop = loop;
    client = new TcpLeg(this, channel);
    origin = new Origin(channel.remoteAddress(), channel.localAddress());
    clientHigh = Ip.high(origin.client().getAddress());
    clientLow = Ip.low(origin.client().getAddress());
    identified = !Gate.trusts(route, clientHigh, clientLow);
  }

  void start() {
    loop.add(this);
    loop.guard(this, TcpSession::open);
  }

  private void open() {
    Sockets.prepare(client.channel, loop);
    if (!identified) {
      client.channel.pipeline().addLast(new HeaderReader(this, loop));
    }
    client.channel.pipeline().addLast(client);
    loop.events.register(client.channel);
    if (identified) {
      select();
    } else {
      client.channel.config().setAutoRead(true);
    }
  }

  /**
   * The upstream has said who its client is. Takes the content over.
   *
   * @param named null: it speaks for itself
   * @param behind what came behind the header
   */
  void identified(@Nullable Origin named, ByteBuf behind) {
    early = behind;
    if (named != null) {
      origin = named;
      clientHigh = Ip.high(named.client().getAddress());
      clientLow = Ip.low(named.client().getAddress());
    }
    var now = System.nanoTime();
    var refusal = port.gate.identify(route, port.binding.port(), clientHigh, clientLow, now);
    if (refusal != null) {
      end(refusal);
      return;
    }
    identified = true;
    select();
    tableChanged(loop.table.get(), now); // it may have been another one when the upstream came
  }

  private void select() {
    candidates = route.candidates(clientHigh, clientLow, System.nanoTime(), loop.random);
    connectNext();
  }

  private void connectNext() {
    if (tries == loop.limits.connectTries() || !candidates.hasNext()) {
      end(tries == 0 ? TerminationReason.NO_TARGET : TerminationReason.CONNECT_FAILED);
      return;
    }
    tries++;
    var next = candidates.next();
    next.opened();
    target = next;
    var to = route.targetAddress(next, port.binding.port());
    targetAddress = to;
    port.poolMeters(next).selected();
    try {
      connect(next, to);
    } catch (ChannelException noSocket) {
      connectFailed(next, noSocket);
    }
  }

  private void connect(Target next, InetSocketAddress to) {
    var leg = new TcpLeg(this, new NioSocketChannel());
    upstream = leg;
    Sockets.prepare(leg.channel, loop);
    loop.events.register(leg.channel);
    var started = System.nanoTime();
    leg.channel
        .connect(to)
        .addListener(
            done -> {
              if (done.isSuccess()) {
                next.succeeded();
              }
              if (ended) {
                leg.channel.close();
              } else if (done.isSuccess()) {
                port.poolMeters(next).connected(System.nanoTime() - started);
                loop.guard(this, session -> session.relay(leg));
              } else {
                loop.guard(this, session -> session.connectFailed(next, done.cause()));
              }
            });
  }

  private void connectFailed(Target failed, Throwable cause) {
    if (upstream != null) {
      Sockets.reset(upstream.channel);
      upstream = null;
    }
    port.poolMeters(failed).connectFailed();
    if (Sockets.isFaultOfPeer(cause) && route.failed(failed, System.nanoTime())) {
      port.poolMeters(failed).avoided();
    }
    leaveTarget();
    connectNext();
    tableChanged(loop.table.get(), System.nanoTime()); // it may have another opinion of this target
  }

  private void relay(TcpLeg leg) {
    leg.channel.pipeline().addLast(leg);
    client.join(leg);
    leg.join(client);
    var header =
        ProxyHeader.encode(
            route.proxyProtocol(), Protocol.TCP, origin.client(), origin.destination());
    if (header.length > 0) {
      leg.channel.write(Unpooled.wrappedBuffer(header), leg.channel.voidPromise());
    }
    var before = early;
    if (before != null) {
      early = null;
      client.channel.pipeline().remove(HeaderReader.class);
      client.pass(before);
    }
    leg.channel.flush();
    client.channel.config().setAutoRead(true);
    leg.channel.config().setAutoRead(true);
  }

  /** The peer of this leg has sent all it will. */
  void inputFinished(TcpLeg leg) {
    if (finishing == null) {
      finishing = leg == client ? TerminationReason.CLIENT_CLOSED : TerminationReason.TARGET_CLOSED;
    }
  }

  /** Everything for the peer of one leg is written. */
  void outputFinished() {
    if (finishing != null && upstream != null && client.outputDone && upstream.outputDone) {
      end(finishing);
    }
  }

  void broken(TcpLeg leg, Throwable cause) {
    if (!(cause instanceof IOException)) {
      loop.failed(cause);
      end(TerminationReason.INTERNAL_ERROR);
    } else {
      lost(leg);
    }
  }

  /** The peer of this leg is gone. */
  void lost(TcpLeg leg) {
    end(leg == client ? TerminationReason.CLIENT_RESET : TerminationReason.TARGET_RESET);
  }

  @Override
  void tableChanged(RoutingTable table, long now) {
    if (target != null) {
      depart(Departure.of(table, port.binding, route, target), now);
    }
  }

  @Override
  boolean account() {
    var fromClient = client.takeReceived();
    var fromTarget = upstream == null ? 0 : upstream.takeReceived();
    toTarget += fromClient;
    toClient += fromTarget;
    port.meters.relayed(fromClient, fromTarget);
    var clientTook = client.outputMoved();
    var targetTook = upstream != null && upstream.outputMoved();
    return fromClient + fromTarget > 0 || clientTook || targetTook;
  }

  @Override
  void end(TerminationReason reason) {
    if (ended) {
      return;
    }
    ended = true;
    account();
    loop.remove(this);
    leaveTarget();
    if (identified) {
      port.gate.left(route, clientHigh, clientLow);
    } else {
      port.gate.leftUnidentified();
    }
    if (early != null) {
      early.release();
      early = null;
    }
    port.meters.ended(
        reason,
        clientHigh,
        clientLow,
        origin.client().getPort(),
        targetAddress,
        toTarget,
        toClient,
        age(System.nanoTime()));
    var byPeers =
        reason == TerminationReason.CLIENT_CLOSED || reason == TerminationReason.TARGET_CLOSED;
    close(client.channel, byPeers);
    if (upstream != null) {
      close(upstream.channel, byPeers);
    }
  }

  private void leaveTarget() {
    if (target != null) {
      target.closed();
      target = null;
    }
  }

  /** Only an end that both peers made themselves may look like one. */
  private static void close(NioSocketChannel channel, boolean clean) {
    if (clean) {
      channel.close();
    } else {
      Sockets.reset(channel);
    }
  }
}
