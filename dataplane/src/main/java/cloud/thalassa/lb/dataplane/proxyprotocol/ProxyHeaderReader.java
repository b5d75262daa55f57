package cloud.thalassa.lb.dataplane.proxyprotocol;

import cloud.thalassa.lb.dataplane.proxyprotocol.Reading.Unread;
import java.nio.ByteBuffer;

/**
 * Reads the header that an upstream writes before the first byte of a TCP client, version 1 or 2,
 * according to https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt. Strict: what the
 * specification forbids is no header, as nobody knows who sent it.
 */
public final class ProxyHeaderReader {
  /** A longer header is refused, in bytes. */
  public static final int MAX_LENGTH = 4096;

  private ProxyHeaderReader() {}

  /**
   * Judges the bytes between position and limit: all that came on the connection so far. To be
   * asked again with more of them while the header is incomplete; keeps nothing in between,
   * allocates nothing before the header is whole, and moves neither position nor limit.
   */
  public static Reading read(ByteBuffer bytes) {
    if (!bytes.hasRemaining()) {
      return Unread.INCOMPLETE;
    }
    return bytes.get(bytes.position()) == Version1.FIRST
        ? Version1.read(bytes)
        : Version2.read(bytes);
  }

  /** Whether the bytes are those of this beginning, as far as both go. */
  static boolean begins(ByteBuffer bytes, byte[] beginning) {
    for (int i = 0; i < Math.min(bytes.remaining(), beginning.length); i++) {
      if (bytes.get(bytes.position() + i) != beginning[i]) {
        return false;
      }
    }
    return true;
  }
}
