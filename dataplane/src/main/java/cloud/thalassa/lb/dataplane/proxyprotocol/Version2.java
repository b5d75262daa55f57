package cloud.thalassa.lb.dataplane.proxyprotocol;

import cloud.thalassa.lb.dataplane.proxyprotocol.Reading.Header;
import cloud.thalassa.lb.dataplane.proxyprotocol.Reading.Origin;
import cloud.thalassa.lb.dataplane.proxyprotocol.Reading.Unread;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** A signature, four bytes that say what follows, addresses, and extensions that nobody needs. */
final class Version2 {
  static final byte[] SIGNATURE = {
    0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
  };
  static final int FIXED = SIGNATURE.length + 4;
  static final byte PROXY = 0x21;
  static final int IPV4 = 0x10;
  static final int IPV6 = 0x20;
  static final int STREAM = 1;
  static final int DATAGRAM = 2;

  private static final byte LOCAL = 0x20;
  private static final int UNSPECIFIED = 0;

  private Version2() {}

  static Reading read(ByteBuffer bytes) {
    if (!ProxyHeaderReader.begins(bytes, SIGNATURE)) {
      return Unread.MALFORMED;
    }
    int there = bytes.remaining();
    int at = bytes.position() + SIGNATURE.length;
    if (there > SIGNATURE.length && bytes.get(at) != LOCAL && bytes.get(at) != PROXY) {
      return Unread.MALFORMED;
    }
    if (there < FIXED) {
      return Unread.INCOMPLETE;
    }
    int length = FIXED + unsignedShort(bytes, at + 2);
    int addresses = bytes.get(at) == LOCAL ? 0 : addressesLength(bytes.get(at + 1));
    if (length > ProxyHeaderReader.MAX_LENGTH || addresses < 0 || length < FIXED + addresses) {
      return Unread.MALFORMED;
    }
    if (there < length) {
      return Unread.INCOMPLETE;
    }
    return new Header(length, addresses == 0 ? null : origin(bytes, at + 4, addresses));
  }

  /** Of both addresses and ports, in bytes; less than 0: nothing that a TCP client can have. */
  private static int addressesLength(byte family) {
    return switch (family) {
      case UNSPECIFIED -> 0;
      case IPV4 | STREAM -> 2 * 4 + 4;
      case IPV6 | STREAM -> 2 * 16 + 4;
      default -> -1;
    };
  }

  private static Origin origin(ByteBuffer bytes, int at, int length) {
    int ip = (length - 4) / 2;
    int ports = at + 2 * ip;
    return new Origin(
        address(bytes, at, ip, ports), address(bytes, at + ip, ip, ports + Short.BYTES));
  }

  private static InetSocketAddress address(ByteBuffer bytes, int at, int length, int portAt) {
    var ip = new byte[length];
    bytes.get(at, ip);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(ip), unsignedShort(bytes, portAt));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 and 16 bytes are addresses", e);
    }
  }

  private static int unsignedShort(ByteBuffer bytes, int at) {
    return (bytes.get(at) & 0xff) << 8 | (bytes.get(at + 1) & 0xff);
  }
}
