package cloud.thalassa.lb.dataplane.admit;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/** Addresses as text. Never asks a name server. */
public final class Ip {
  /** The JDK also reads 10.1 and 010.0.0.1, of which nobody knows what they mean. */
  private static final Pattern V4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  static final long MAPPED_LOW = 0xffff_0000_0000L;
  private static final long MAPPED_MASK = 0xffff_ffff_0000_0000L;

  private Ip() {}

  /** Whether an address is IPv4, as IPv4-mapped IPv6 (::ffff:0:0/96). */
  public static boolean isMapped(long high, long low) {
    return high == 0 && (low & MAPPED_MASK) == MAPPED_LOW;
  }

  /** As RFC 5952 recommends, without zone. */
  public static String text(InetAddress address) {
    return address instanceof Inet4Address
        ? address.getHostAddress()
        : Ipv6Text.of(address.getAddress());
  }

  /** The address of which these are the halves; IPv4-mapped IPv6 is IPv4. */
  public static InetAddress of(long high, long low) {
    try {
      return InetAddress.getByAddress(
          ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }

  /** The first 64 bits of the address, IPv4 as IPv4-mapped IPv6. */
  public static long high(InetAddress address) {
    return address instanceof Inet4Address ? 0 : ByteBuffer.wrap(address.getAddress()).getLong();
  }

  /** The last 64 bits of the address, IPv4 as IPv4-mapped IPv6. */
  public static long low(InetAddress address) {
    var bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet4Address
        ? MAPPED_LOW | Integer.toUnsignedLong(bytes.getInt())
        : bytes.getLong(Long.BYTES);
  }

  /**
   * The address that a literal without scope names; IPv4-mapped IPv6 is IPv4.
   *
   * @throws IllegalArgumentException with a sentence
   */
  public static InetAddress parse(String text) {
    if (V4.matcher(text).matches() || (text.contains(":") && !text.contains("%"))) {
      try {
        return InetAddress.ofLiteral(text);
      } catch (IllegalArgumentException notOne) {
        // the sentence below is clearer
      }
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" is not an IP address such as 192.0.2.1 or 2001:db8::1");
  }
}
