package cloud.thalassa.lb.soak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a target accepted, until it has said who it is: a client of the crowd, or somebody else. */
final class Arrival implements Reactor.Handler {
  static final int PRELUDE = 16;
  static final long WORD = 0x5468616C61737361L; // "Thalassa"

  private final ByteBuffer start = ByteBuffer.allocate(512);
  private final SocketChannel channel;
  private final TargetHost host;

  Arrival(SocketChannel channel, TargetHost host) {
    this.channel = channel;
    this.host = host;
  }

  @Override
  public void ready(SelectionKey key) {
    try {
      var n = channel.read(start);
      if (n < 0) {
        host.forget(channel);
        return;
      }
      identify(start.duplicate().flip());
    } catch (IOException e) {
      host.forget(channel);
    }
  }

  private void identify(ByteBuffer bytes) throws IOException {
    var header = Header.read(bytes);
    if (header.incomplete() || (!header.wrong() && bytes.remaining() < PRELUDE)) {
      if (!start.hasRemaining()) {
        host.stranger(channel);
      }
      return;
    }
    if (header.wrong() || bytes.getLong() != WORD) {
      host.stranger(channel);
      return;
    }
    host.client(channel, bytes.getLong(), header, bytes);
  }

  /** What the PROXY header in front says of the client, or that there is none. */
  record Header(String version, @Nullable String client, int clientPort, int port) {
    private static final Header NONE = new Header("None", null, 0, 0);
    private static final Header INCOMPLETE = new Header("incomplete", null, 0, 0);
    private static final Header WRONG = new Header("wrong", null, 0, 0);
    private static final Pattern VERSION_1 =
        Pattern.compile("PROXY TCP4 (\\S+) \\S+ (\\d{1,5}) (\\d{1,5})\r\n");

    boolean incomplete() {
      return version.equals("incomplete");
    }

    boolean wrong() {
      return version.equals("wrong");
    }

    /** Is the one that this client's connection or flow must have at this listener. */
    boolean names(Place place, InetSocketAddress address) {
      return version.equals(place.proxyProtocol)
          && (client == null
              || (client.equals(address.getAddress().getHostAddress())
                  && clientPort == address.getPort()
                  && port == place.port));
    }

    /** Reads up to its end. */
    static Header read(ByteBuffer bytes) {
      if (!bytes.hasRemaining()) {
        return INCOMPLETE;
      }
      return switch (bytes.get(bytes.position())) {
        case 'P' -> version1(bytes);
        case 0x0D -> version2(bytes);
        default -> NONE;
      };
    }

    private static Header version1(ByteBuffer bytes) {
      var line = new StringBuilder();
      while (bytes.hasRemaining() && line.length() < 107) {
        line.append((char) bytes.get());
        if (line.charAt(line.length() - 1) == '\n') {
          var words = VERSION_1.matcher(line);
          return words.matches()
              ? new Header(
                  "V1",
                  words.group(1),
                  Integer.parseInt(words.group(2)),
                  Integer.parseInt(words.group(3)))
              : WRONG;
        }
      }
      return line.length() < 107 ? INCOMPLETE : WRONG;
    }

    private static Header version2(ByteBuffer bytes) {
      if (bytes.remaining() < 28) {
        return INCOMPLETE;
      }
      var ok =
          bytes.getLong() == 0x0D0A0D0A000D0A51L
              && bytes.getInt() == 0x5549540A
              && bytes.get() == 0x21
              && (bytes.get() & 0xF0) == 0x10;
      if (!ok || bytes.getShort() != 12) {
        return WRONG;
      }
      var client =
          "%d.%d.%d.%d"
              .formatted(
                  bytes.get() & 255, bytes.get() & 255, bytes.get() & 255, bytes.get() & 255);
      bytes.getInt();
      return new Header("V2", client, bytes.getShort() & 0xFFFF, bytes.getShort() & 0xFFFF);
    }
  }
}
