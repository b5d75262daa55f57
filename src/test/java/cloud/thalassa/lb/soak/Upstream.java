package cloud.thalassa.lb.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** What stands before a balancer and names the client in front of its bytes, in either version. */
final class Upstream {
  /** Of the clients that it names. */
  static final String SOURCES = "10.9.0.0/16";

  private Upstream() {}

  /** A client that is somewhere else. */
  static InetSocketAddress client(SplittableRandom random) {
    try {
      var address = new byte[] {10, 9, (byte) random.nextInt(256), (byte) random.nextInt(256)};
      return new InetSocketAddress(
          InetAddress.getByAddress(address), 1024 + random.nextInt(60_000));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] header(InetSocketAddress client, int port, SplittableRandom random) {
    return random.nextBoolean() ? version1(client, port) : version2(client, port, random);
  }

  private static byte[] version1(InetSocketAddress client, int port) {
    return "PROXY TCP4 %s %s %d %d\r\n"
        .formatted(client.getAddress().getHostAddress(), Place.ADDRESS, client.getPort(), port)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** With extensions behind the addresses, which nobody has to understand. */
  private static byte[] version2(InetSocketAddress client, int port, SplittableRandom random) {
    var extension = random.nextInt(100);
    var length = extension == 0 ? 12 : 12 + 3 + extension;
    var header = ByteBuffer.allocate(16 + length);
    header.putLong(0x0D0A0D0A000D0A51L).putInt(0x5549540A).put((byte) 0x21).put((byte) 0x11);
    header.putShort((short) length).put(client.getAddress().getAddress());
    header.put(new byte[] {127, 0, 0, 1}).putShort((short) client.getPort());
    header.putShort((short) port);
    if (extension > 0) {
      header.put((byte) 0xE0).putShort((short) extension);
    }
    return header.array();
  }
}
