package cloud.thalassa.lb.dataplane.relay.vertx;

import static java.util.Objects.requireNonNull;

import cloud.thalassa.lb.dataplane.admit.Ip;
import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.Binding;
import cloud.thalassa.lb.dataplane.relay.Gate;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import cloud.thalassa.lb.dataplane.relay.port.BoundPort;
import cloud.thalassa.lb.dataplane.table.Route;
import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes the connections of one TCP binding. */
final class TcpPort extends BoundPort implements Port {
  private final List<Acceptor> acceptors = new CopyOnWriteArrayList<>();

  TcpPort(Binding binding, RelayMeters allMeters) {
    super(binding, allMeters);
  }

  @Override
  public Channel open(Loop loop, List<Loop> homes) throws IOException {
    var family = Sockets.family(binding.address());
    var socket = family == null ? ServerSocketChannel.open() : ServerSocketChannel.open(family);
    var acceptor = new Acceptor(socket, this, homes);
    acceptors.add(acceptor);
    return acceptor;
  }

  @Override
  public CompletableFuture<Void> unbind() {
    return CompletableFuture.allOf(
        acceptors.stream().map(Acceptor::acceptRestAndClose).toArray(CompletableFuture[]::new));
  }

  @Override
  public CompletableFuture<Void> free() {
    return unbind();
  }

  /** Takes a new connection, on the loop where it will stay. Never throws. */
  void accepted(NioSocketChannel client, Loop loop) {
    try {
      decide(client, loop);
    } catch (RuntimeException | Error defect) {
      loop.failed(defect);
      refuse(client, TerminationReason.INTERNAL_ERROR);
    }
  }

  private void decide(NioSocketChannel client, Loop loop) {
    var route = binding.route(loop.table.get());
    var address = client.remoteAddress().getAddress();
    var refusal =
        gate.enter(
            route,
            binding.port(),
            Ip.high(address),
            Ip.low(address),
            System.nanoTime(),
            loop.limits);
    if (refusal == null) {
      serve(client, requireNonNull(route, "nobody comes in without a route"), loop);
    } else {
      refuse(client, refusal);
    }
  }

  private void serve(NioSocketChannel client, Route route, Loop loop) {
    TcpSession session;
    try {
      session = new TcpSession(this, route, client, loop);
    } catch (RuntimeException | Error defect) {
      loop.failed(defect);
      var address = client.remoteAddress().getAddress();
      if (Gate.trusts(route, Ip.high(address), Ip.low(address))) {
        gate.leftUnidentified();
      } else {
        gate.left(route, Ip.high(address), Ip.low(address));
      }
      refuse(client, TerminationReason.INTERNAL_ERROR);
      return;
    }
    session.start();
  }

  private void refuse(NioSocketChannel client, TerminationReason reason) {
    meters.ended(reason);
    Sockets.reset(client);
  }
}
