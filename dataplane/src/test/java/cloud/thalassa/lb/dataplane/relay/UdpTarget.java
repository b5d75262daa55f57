package cloud.thalassa.lb.dataplane.relay;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Answers every datagram, or keeps it for the test. */
final class UdpTarget implements AutoCloseable {
  final AtomicInteger received = new AtomicInteger();
  private final DatagramSocket socket;
  private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();

  /** Answers with its name. */
  static UdpTarget named(InetAddress address, String name) throws IOException {
    return named(new InetSocketAddress(address, 0), name);
  }

  /** At a port that the test knew before. */
  static UdpTarget named(InetSocketAddress address, String name) throws IOException {
    return new UdpTarget(address, _ -> name.getBytes());
  }

  static UdpTarget echo(InetAddress address) throws IOException {
    return new UdpTarget(new InetSocketAddress(address, 0), bytes -> bytes);
  }

  static UdpTarget recording(InetAddress address) throws IOException {
    return new UdpTarget(new InetSocketAddress(address, 0), null);
  }

  private UdpTarget(InetSocketAddress address, UnaryOperator<byte[]> answer) throws IOException {
    socket = new DatagramSocket(address);
    socket.setReceiveBufferSize(4 * 1024 * 1024);
    Thread.startVirtualThread(() -> serve(answer));
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  byte[] take() throws InterruptedException {
    var bytes = queue.poll(10, TimeUnit.SECONDS);
    if (bytes == null) {
      throw new AssertionError("no datagram came");
    }
    return bytes;
  }

  private void serve(UnaryOperator<byte[]> answer) {
    var packet = new DatagramPacket(new byte[65_536], 65_536);
    try {
      while (true) {
        packet.setLength(65_536);
        socket.receive(packet);
        received.incrementAndGet();
        var bytes = Arrays.copyOf(packet.getData(), packet.getLength());
        if (answer == null) {
          queue.add(bytes);
        } else {
          var reply = answer.apply(bytes);
          socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException closed) {
      // the end of the test
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
