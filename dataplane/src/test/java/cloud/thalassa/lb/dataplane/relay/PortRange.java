package cloud.thalassa.lb.dataplane.relay;

import cloud.thalassa.lb.crds.Protocol;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;

/** Targets on ports that follow each other. */
final class PortRange implements AutoCloseable {
  // Below the ports that the system gives to connections.
  private static final int LOWEST = 10_000;
  private static final int HIGHEST = 30_000;

  private interface Opening {
    AutoCloseable open(InetSocketAddress address, int n) throws IOException;
  }

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final InetSocketAddress first;

  /** Each greets with its number, 0 for the first, and then answers with what it gets. */
  static PortRange tcp(InetAddress address, int count) throws Exception {
    return open(
        address,
        count,
        (at, n) ->
            TcpTarget.with(
                at,
                socket -> {
                  socket.getOutputStream().write(n);
                  socket.getInputStream().transferTo(socket.getOutputStream());
                }));
  }

  /** Each answers with its number, 0 for the first. */
  static PortRange udp(InetAddress address, int count) throws Exception {
    return open(address, count, (at, n) -> UdpTarget.named(at, String.valueOf(n)));
  }

  /** The first of so many ports that nobody has. */
  static int free(InetAddress address, Protocol protocol, int count) throws Exception {
    try (var range = open(address, count, (at, _) -> socket(protocol, at))) {
      return range.first.getPort();
    }
  }

  InetSocketAddress first() {
    return first;
  }

  private PortRange(InetSocketAddress first) {
    this.first = first;
  }

  private static PortRange open(InetAddress address, int count, Opening opening) throws Exception {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST - count);
      var range = new PortRange(new InetSocketAddress(address, port));
      try {
        for (int n = 0; n < count; n++) {
          range.open.push(opening.open(new InetSocketAddress(address, port + n), n));
        }
        return range;
      } catch (BindException taken) {
        range.close();
      }
    }
  }

  private static Closeable socket(Protocol protocol, InetSocketAddress at) throws IOException {
    return protocol == Protocol.TCP
        ? new ServerSocket(at.getPort(), 1, at.getAddress())
        : new DatagramSocket(at);
  }

  @Override
  public void close() throws Exception {
    for (var one : open) {
      one.close();
    }
  }
}
