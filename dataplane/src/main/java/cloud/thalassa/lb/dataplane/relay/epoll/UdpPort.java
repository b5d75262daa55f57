package cloud.thalassa.lb.dataplane.relay.epoll;

import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.Binding;
import cloud.thalassa.lb.dataplane.relay.port.FlowPort;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes the datagrams of one UDP binding. The system spreads clients over the sockets of its loops
 * by hash, and the same client always comes to the same one as long as none of them is closed:
 * hence they are closed together.
 */
final class UdpPort extends FlowPort implements Port {
  private final List<UdpSocket> sockets = new CopyOnWriteArrayList<>();

  UdpPort(Binding binding, RelayMeters allMeters) {
    super(binding, allMeters);
  }

  @Override
  public void open(Loop loop, int fd) {
    sockets.add(loop.udp().open(this, fd));
  }

  @Override
  protected CompletableFuture<Void> closeSockets() {
    return CompletableFuture.allOf(
        sockets.stream().map(UdpSocket::close).toArray(CompletableFuture[]::new));
  }
}
