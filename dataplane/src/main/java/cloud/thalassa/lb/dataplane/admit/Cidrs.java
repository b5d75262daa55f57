package cloud.thalassa.lb.dataplane.admit;

import cloud.thalassa.lb.dataplane.admit.Prefixes.Prefix;
import java.nio.ByteBuffer;
import java.util.Optional;

/** From the text of a CIDR to a prefix. IPv4-mapped IPv6 is IPv4. */
final class Cidrs {
  /** The first 96 bits of an IPv4 address as IPv6, ::ffff:0:0/96. */
  private static final int MAPPED = 96;

  /** All IPv4 addresses. */
  static final Prefix EVERY_V4 = new Prefix(0, Ip.MAPPED_LOW, MAPPED);

  /** All IPv6 addresses; nobody asks it about an IPv4 one. */
  static final Prefix EVERY_V6 = new Prefix(0, 0, 0);

  private Cidrs() {}

  static boolean isV4(Prefix prefix) {
    return prefix.length() >= MAPPED && Ip.isMapped(prefix.high(), prefix.low());
  }

  /**
   * The prefix of a CIDR whose bits behind its length are 0.
   *
   * @throws IllegalArgumentException with a sentence
   */
  static Prefix parse(String cidr) {
    int slash = cidr.indexOf('/');
    var text = slash < 0 ? cidr : cidr.substring(0, slash);
    var bytes = address(text, cidr);
    // The text decides the width of the prefix: the JDK turns ::ffff:10.0.0.0 into four bytes.
    int width = text.contains(":") ? 128 : 32;
    int length =
        (slash < 0 ? Optional.<Integer>empty() : length(cidr.substring(slash + 1)))
            .filter(bits -> bits <= width)
            .orElseThrow(() -> refused(cidr, "its prefix length must be 0.." + width));
    if (bytes.remaining() == 4 && width == 128 && length < MAPPED) {
      throw refused(cidr, "an IPv4-mapped prefix is at least 96 bits long");
    }
    var prefix =
        bytes.remaining() == 4
            ? new Prefix(
                0,
                Ip.MAPPED_LOW | Integer.toUnsignedLong(bytes.getInt()),
                width == 32 ? MAPPED + length : length)
            : new Prefix(bytes.getLong(), bytes.getLong(), length);
    if ((prefix.high() & ~Prefix.highMask(prefix.length())) != 0
        || (prefix.low() & ~Prefix.lowMask(prefix.length())) != 0) {
      throw refused(cidr, "the bits behind its prefix must be 0");
    }
    return prefix;
  }

  private static ByteBuffer address(String text, String cidr) {
    try {
      return ByteBuffer.wrap(Ip.parse(text).getAddress());
    } catch (IllegalArgumentException e) {
      throw refused(cidr, "what stands before its / is not an IP address");
    }
  }

  private static Optional<Integer> length(String text) {
    return text.matches("0|[1-9][0-9]{0,2}")
        ? Optional.of(Integer.parseInt(text))
        : Optional.empty();
  }

  private static IllegalArgumentException refused(String cidr, String why) {
    return new IllegalArgumentException(
        "\"" + cidr + "\" is not a CIDR such as 192.0.2.0/24 or 2001:db8::/32: " + why);
  }
}
