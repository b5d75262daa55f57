package cloud.thalassa.lb.dataplane.relay;

import cloud.thalassa.lb.crds.Protocol;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * An address at which whoever comes is refused. Its port is held all the while: a port that is only
 * free can be given to the relay's own listener, which then connects to itself without an end.
 */
record Nobody(InetSocketAddress address, Closeable port) implements AutoCloseable {
  static Nobody at(InetAddress loopback, Protocol protocol) {
    try {
      return protocol == Protocol.TCP ? tcp(loopback) : udp(loopback);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bound, and not listening. */
  private static Nobody tcp(InetAddress loopback) throws IOException {
    var socket = new Socket();
    socket.bind(new InetSocketAddress(loopback, 0));
    return new Nobody((InetSocketAddress) socket.getLocalSocketAddress(), socket);
  }

  /** Connected with somebody else: for all others the port is unreachable. */
  private static Nobody udp(InetAddress loopback) throws IOException {
    var socket = new DatagramSocket(0, loopback);
    socket.connect(new InetSocketAddress(loopback, 9));
    return new Nobody((InetSocketAddress) socket.getLocalSocketAddress(), socket);
  }

  @Override
  public void close() throws IOException {
    port.close();
  }
}
