package cloud.thalassa.lb.dataplane.proxyprotocol;

import cloud.thalassa.lb.dataplane.admit.Ip;
import cloud.thalassa.lb.dataplane.proxyprotocol.Reading.Header;
import cloud.thalassa.lb.dataplane.proxyprotocol.Reading.Origin;
import cloud.thalassa.lb.dataplane.proxyprotocol.Reading.Unread;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of text. */
final class Version1 {
  static final byte FIRST = 'P';

  /** With its end; the specification gives the number. */
  private static final int LONGEST = 107;

  private static final byte[] BEGINNING = "PROXY ".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern UNKNOWN = Pattern.compile("PROXY UNKNOWN( .*)?");
  private static final String PORT = "(0|[1-9][0-9]{0,4})";
  private static final Pattern KNOWN =
      Pattern.compile(
          "PROXY (TCP4 (?<client4>[0-9.]+) (?<destination4>[0-9.]+)"
              + "|TCP6 (?<client6>[0-9A-Fa-f:.]+) (?<destination6>[0-9A-Fa-f:.]+))"
              + " (?<clientPort>PORT) (?<destinationPort>PORT)".replace("PORT", PORT));

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
    if (UNKNOWN.matcher(line).matches()) {
      return new Header(length, null);
    }
    var known = KNOWN.matcher(line);
    if (!known.matches()) {
      return Unread.MALFORMED;
    }
    var version = known.group("client4") == null ? "6" : "4";
    try {
      return new Header(
          length,
          new Origin(address(known, "client", version), address(known, "destination", version)));
    } catch (IllegalArgumentException e) {
      return Unread.MALFORMED;
    }
  }

  /**
   * @throws IllegalArgumentException the address or port is none
   */
  private static InetSocketAddress address(Matcher line, String whose, String version) {
    var text = line.group(whose + version);
    if (version.equals("6") && !text.contains(":")) {
      throw new IllegalArgumentException(text + " is not an IPv6 address");
    }
    InetAddress ip = Ip.parse(text);
    return new InetSocketAddress(ip, Integer.parseInt(line.group(whose + "Port")));
  }
}
