package cloud.thalassa.lb.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** Clients of pods that say who they are and give back what they get. */
final class Talk {
  private static final int PATIENCE_MILLIS = 3_000;
  private static final byte[] HELLO = "hello\n".getBytes(US_ASCII);

  private Talk() {}

  /**
   * One connection from an address of ours to its end.
   *
   * @return the pod's name and its client, and then the lines that the pod got; nothing: the
   *     connection was closed without a word
   */
  static List<String> tcp(String from, String address, int port) throws IOException {
    try (var socket = new Socket()) {
      socket.bind(new InetSocketAddress(from, 0));
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
      socket.getOutputStream().write(HELLO);
      socket.shutdownOutput();
      var said = new InputStreamReader(socket.getInputStream(), US_ASCII);
      return new BufferedReader(said).lines().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The pod's name, its client, and what the pod got. */
  static String udp(String from, String address, int port) throws IOException {
    try (var socket = new DatagramSocket(new InetSocketAddress(from, 0))) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      var to = new InetSocketAddress(address, port);
      socket.send(new DatagramPacket(HELLO, HELLO.length, to));
      var answer = new DatagramPacket(new byte[2048], 2048);
      socket.receive(answer);
      return new String(answer.getData(), 0, answer.getLength(), US_ASCII);
    }
  }
}
