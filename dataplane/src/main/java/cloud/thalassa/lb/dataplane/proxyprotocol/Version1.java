package cloud.thalassa.lb.dataplane.proxyprotocol;

import cloud.thalassa.lb.dataplane.admit.Ip;
import cloud.thalassa.lb.dataplane.proxyprotocol.Reading.Header;
import cloud.thalassa.lb.dataplane.proxyprotocol.Reading.Origin;
import cloud.thalassa.lb.dataplane.proxyprotocol.Reading.Unread;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One line of text. */
final class Version1 {
  static final byte FIRST = 'P';

  /** With its end; the specification gives the number. */
  private static final int LONGEST = 107;

  private static final byte[] BEGINNING = "PROXY ".getBytes(StandardCharsets.US_ASCII);
  private static final String UNKNOWN = "PROXY UNKNOWN";

  /** PROXY, family, addresses of client and destination, their ports. */
  private static final int WORDS = 6;

  private Version1() {}

  static Reading read(ByteBuffer bytes) {
    if (!ProxyHeaderReader.begins(bytes, BEGINNING)) {
      return Unread.MALFORMED;
    }
    int end = Math.min(bytes.remaining(), LONGEST);
    for (int i = BEGINNING.length; i < end; i++) {
      byte octet = bytes.get(bytes.position() + i);
      if (octet == '\r') {
        return i + 1 == end ? atLimit(end) : lineEnds(bytes, i);
      }
      if (octet < ' ' || octet > '~') {
        return Unread.MALFORMED;
      }
    }
    return atLimit(end);
  }

  private static Reading atLimit(int end) {
    return end < LONGEST ? Unread.INCOMPLETE : Unread.MALFORMED;
  }

  private static Reading lineEnds(ByteBuffer bytes, int length) {
    if (bytes.get(bytes.position() + length + 1) != '\n') {
      return Unread.MALFORMED;
    }
    var line = new byte[length];
    bytes.get(bytes.position(), line);
    return parse(new String(line, StandardCharsets.US_ASCII), length + 2);
  }

  private static Reading parse(String line, int length) {
    if (line.equals(UNKNOWN) || line.startsWith(UNKNOWN + " ")) {
      return new Header(length, null);
    }
    var words = line.split(" ", -1);
    if (words.length != WORDS) {
      return Unread.MALFORMED;
    }
    var family = words[1];
    var client = address(family, words[2], words[4]);
    var destination = address(family, words[3], words[5]);
    return client == null || destination == null
        ? Unread.MALFORMED
        : new Header(length, new Origin(client, destination));
  }

  private static @Nullable InetSocketAddress address(String family, String address, String port) {
    var right =
        switch (family) {
          case "TCP4" -> !address.contains(":");
          case "TCP6" -> address.contains(":") && !address.contains("[");
          default -> false;
        };
    int number = port(port);
    if (!right || number < 0) {
      return null;
    }
    try {
      return new InetSocketAddress(Ip.parse(address), number);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Less than 0: it is none, or written in another way than the specification has it. */
  private static int port(String text) {
    if (text.isEmpty() || text.length() > 5 || (text.charAt(0) == '0' && text.length() > 1)) {
      return -1;
    }
    int port = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      port = 10 * port + digit;
    }
    return port <= 65535 ? port : -1;
  }
}
