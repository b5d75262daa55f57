package cloud.thalassa.lb.e2e.traffic;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** A client's connection to a listener whose targets are {@link Backend}s. */
public final class Client implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 5_000;

  private final Socket socket = new Socket();
  private final BufferedInputStream in;
  private final String target;

  /** Connects and reads the target's name. */
  public Client(String address, int port) throws IOException {
    this(null, address, port);
  }

  /** The same from an address of its own; null: the system chooses one. */
  public Client(@Nullable String from, String address, int port) throws IOException {
    try {
      if (from != null) {
        socket.bind(new InetSocketAddress(from, 0));
      }
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(address, port), TIMEOUT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
      target = line();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Who answers a new connection; the whole exchange, down to the end of both directions. */
  public static String ask(String address, int port) throws IOException {
    try (var client = new Client(address, port)) {
      client.exchange(64);
      client.finish();
      return client.target;
    }
  }

  /** Who answers a datagram from a new port. */
  public static String askUdp(String address, int port) throws IOException {
    try (var socket = new DatagramSocket()) {
      return askUdp(socket, address, port);
    }
  }

  /** Who answers a datagram from this socket, and with it from its flow. */
  public static String askUdp(DatagramSocket socket, String address, int port) throws IOException {
    socket.setSoTimeout(500);
    var question = Long.toString(ThreadLocalRandom.current().nextLong());
    var bytes = question.getBytes();
    socket.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress(address, port)));
    var packet = new DatagramPacket(new byte[2048], 2048);
    while (true) { // answers to earlier questions may still come
      socket.receive(packet);
      var answer = new String(packet.getData(), 0, packet.getLength());
      if (answer.endsWith(":" + question)) {
        return answer.substring(0, answer.indexOf(':'));
      }
    }
  }

  public String target() {
    return target;
  }

  /** Sends that many random bytes and compares the checksum of what comes back. */
  public void exchange(int size) throws IOException {
    var sent = new byte[size];
    ThreadLocalRandom.current().nextBytes(sent);
    socket.getOutputStream().write(sent);
    var received = in.readNBytes(size);
    if (received.length < size) {
      throw new EOFException("cut after " + received.length + " of " + size + " bytes");
    }
    if (checksum(received) != checksum(sent)) {
      throw new IOException("other bytes came back than were sent");
    }
  }

  private void finish() throws IOException {
    socket.shutdownOutput();
    if (in.read() != -1) {
      throw new IOException("bytes after the end");
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c; (c = in.read()) != '\n'; ) {
      if (c == -1) {
        throw new EOFException("closed before a target answered");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private static long checksum(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
