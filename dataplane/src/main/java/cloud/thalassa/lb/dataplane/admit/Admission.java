package cloud.thalassa.lb.dataplane.admit;

import cloud.thalassa.lb.dataplane.admit.Prefixes.Prefix;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sources that a listener admits. Immutable. IPv4-mapped IPv6 is IPv4, in CIDRs and in clients:
 * {@code ::/0} admits no IPv4 client.
 */
public final class Admission {
  /** Admits everybody. */
  public static final Admission EVERYBODY = Admission.of(List.of());

  /** The first 96 bits of an IPv4 address as IPv6, ::ffff:0:0/96. */
  private static final int MAPPED = 96;

  private final List<String> sources;
  private final Prefixes v4;
  private final Prefixes v6;

  private Admission(List<String> sources, Prefixes v4, Prefixes v6) {
    this.sources = sources;
    this.v4 = v4;
    this.v6 = v6;
  }

  /**
   * Admits the clients of these CIDRs; of none: everybody.
   *
   * @throws IllegalArgumentException with a sentence, when one of them is not a CIDR: who cannot
   *     say whom to admit must admit nobody
   */
  public static Admission of(List<String> cidrs) {
    var v4 = new ArrayList<Prefix>();
    var v6 = new ArrayList<Prefix>();
    for (var cidr : cidrs) {
      var prefix = parse(cidr);
      var mapped = prefix.length() >= MAPPED && Ip.isMapped(prefix.high(), prefix.low());
      (mapped ? v4 : v6).add(prefix);
    }
    return new Admission(List.copyOf(cidrs), Prefixes.of(v4), Prefixes.of(v6));
  }

  /** The CIDRs as they were given. */
  public List<String> sources() {
    return sources;
  }

  /** Cost: one binary search among the CIDRs, and the JDK's copy of the address. */
  public boolean admits(InetAddress client) {
    return sources.isEmpty() || admits(Ip.high(client), Ip.low(client));
  }

  /** The same for an address as two 64-bit halves, IPv4 as IPv4-mapped IPv6; allocates nothing. */
  public boolean admits(long high, long low) {
    return sources.isEmpty() || (Ip.isMapped(high, low) ? v4 : v6).contain(high, low);
  }

  @Override
  public String toString() {
    return sources.isEmpty() ? "everybody" : sources.toString();
  }

  private static Prefix parse(String cidr) {
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
