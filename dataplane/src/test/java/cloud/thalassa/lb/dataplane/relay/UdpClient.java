package cloud.thalassa.lb.dataplane.relay;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** Takes answers only from the address to which it sent last. */
final class UdpClient implements AutoCloseable {
  private final DatagramSocket socket;
  private String askedBefore = "";

  UdpClient(InetAddress address) throws IOException {
    socket = new DatagramSocket(0, address);
    socket.setReceiveBufferSize(4 * 1024 * 1024);
  }

  int port() {
    return socket.getLocalPort();
  }

  void send(InetSocketAddress to, String text) throws IOException {
    send(to, text.getBytes());
  }

  void send(InetSocketAddress to, byte[] bytes) throws IOException {
    if (!to.equals(socket.getRemoteSocketAddress())) {
      socket.connect(to);
    }
    try {
      socket.send(new DatagramPacket(bytes, bytes.length));
    } catch (java.net.PortUnreachableException nobodyThere) {
      // as if it were lost
    }
  }

  /** Null when none came in time. */
  byte[] receive(int millis) throws IOException {
    var packet = new DatagramPacket(new byte[65_536], 65_536);
    socket.setSoTimeout(millis);
    try {
      socket.receive(packet);
    } catch (SocketTimeoutException | java.net.PortUnreachableException none) {
      return null;
    }
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  /**
   * The answer, asked for again while it does not come: datagrams may be lost. One that was asked
   * for twice may come twice, and is not taken for the answer to what is asked next.
   */
  String ask(InetSocketAddress to, String text) throws IOException {
    var late = askedBefore;
    askedBefore = text;
    for (int i = 0; i < 50; i++) {
      send(to, text);
      var answer = receive(200);
      while (answer != null && new String(answer).equals(late) && !late.equals(text)) {
        answer = receive(200);
      }
      if (answer != null) {
        return new String(answer);
      }
    }
    throw new AssertionError("no answer from " + to);
  }

  @Override
  public void close() {
    socket.close();
  }
}
