package cloud.thalassa.lb.e2e.traffic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/** Answers every datagram with its name, a colon and the datagram. */
final class UdpBackend implements Backend {
  private final String name;
  private final DatagramSocket socket;
  private final AtomicLong served = new AtomicLong();

  private UdpBackend(String name, DatagramSocket socket) {
    this.name = name;
    this.socket = socket;
  }

  static UdpBackend open(String name, String address, int port) {
    try {
      var backend = new UdpBackend(name, new DatagramSocket(new InetSocketAddress(address, port)));
      Thread.ofVirtual().name(name).start(backend::serve);
      return backend;
    } catch (IOException e) {
      throw new UncheckedIOException(name + " could not bind " + address + ":" + port, e);
    }
  }

  private void serve() {
    var buffer = new byte[65_536];
    while (!socket.isClosed()) {
      try {
        var packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        served.incrementAndGet();
        var answer = (name + ":" + new String(buffer, 0, packet.getLength())).getBytes();
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        // closed, or an answer that nobody waited for
      }
    }
  }

  @Override
  public long served() {
    return served.get();
  }

  @Override
  public void close() {
    socket.close();
  }
}
