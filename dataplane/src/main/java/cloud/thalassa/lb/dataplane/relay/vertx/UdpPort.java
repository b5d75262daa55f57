package cloud.thalassa.lb.dataplane.relay.vertx;

import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.Binding;
import cloud.thalassa.lb.dataplane.relay.port.FlowPort;
import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes the datagrams of one UDP binding. The system spreads clients over the sockets of its loops
 * by hash, and the same client always comes to the same one as long as none of them is closed:
 * hence they are closed together.
 */
final class UdpPort extends FlowPort implements Port {
  private final List<UdpReceiver> receivers = new CopyOnWriteArrayList<>();

  UdpPort(Binding binding, RelayMeters allMeters) {
    super(binding, allMeters);
  }

  @Override
  public Channel open(Loop loop, List<Loop> homes) throws IOException {
    var family = Sockets.family(binding.address());
    var socket = family == null ? DatagramChannel.open() : DatagramChannel.open(family);
    var receiver = new UdpReceiver(this, new NioDatagramChannel(socket), loop);
    receivers.add(receiver);
    return receiver.channel;
  }

  @Override
  protected CompletableFuture<Void> closeSockets() {
    return CompletableFuture.allOf(
        receivers.stream().map(UdpReceiver::close).toArray(CompletableFuture[]::new));
  }
}
