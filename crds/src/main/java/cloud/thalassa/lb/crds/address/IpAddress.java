package cloud.thalassa.lb.crds.address;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One IP address; its text is canonical (RFC 5952). Names are not addresses: nothing is resolved.
 */
public record IpAddress(InetAddress value, String text) {
  private static final String OCTET = "(0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])";
  private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** Null: not an address as the API server understands one (no zone, no IPv4-mapped IPv6). */
  public static @Nullable IpAddress parse(@Nullable String text) {
    if (text == null || text.length() > 45) {
      return null;
    }
    if (V4.matcher(text).matches()) {
      return of(Inet4Address.ofLiteral(text));
    }
    if (!V6.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text) instanceof Inet6Address v6 ? of(v6) : null;
    } catch (IllegalArgumentException notAnAddress) {
      return null;
    }
  }

  /** The address of a family with this number, which must be within 0 and its last address. */
  public static IpAddress of(BigInteger number, boolean v6) {
    var digits = number.toByteArray();
    var bytes = new byte[v6 ? 16 : 4];
    int length = Math.min(digits.length, bytes.length);
    System.arraycopy(digits, digits.length - length, bytes, bytes.length - length, length);
    try {
      return of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException wrongLength) {
      throw new AssertionError(wrongLength);
    }
  }

  public static IpAddress of(InetAddress value) {
    return new IpAddress(
        value, value instanceof Inet6Address v6 ? text(v6.getAddress()) : value.getHostAddress());
  }

  public boolean v6() {
    return value instanceof Inet6Address;
  }

  public boolean loopback() {
    return value.isLoopbackAddress();
  }

  /** In words, why no host can have this address although it is one; null: it can. */
  public @Nullable String special() {
    if (loopback()) {
      return "a loopback address, which would be the load balancer itself";
    }
    if (value.isAnyLocalAddress()) {
      return "the unspecified address, which belongs to nobody";
    }
    if (value.isLinkLocalAddress()) {
      return "a link-local address, which means something else on every link";
    }
    if (value.isMulticastAddress()) {
      return "a multicast address, which cannot be connected to";
    }
    return v6() ? specialV6() : specialV4();
  }

  private @Nullable String specialV4() {
    var bytes = value.getAddress();
    if (bytes[0] == 0) {
      return "an address of \"this network\", which belongs to nobody";
    }
    return text.equals("255.255.255.255")
        ? "the broadcast address, which cannot be connected to"
        : null;
  }

  /** An IPv4 address in IPv6's clothes means the IPv4 address. */
  private @Nullable String specialV6() {
    var bytes = value.getAddress();
    if (Arrays.equals(bytes, 0, 12, new byte[12], 0, 12)) {
      return "an IPv4-compatible address, which is out of use";
    }
    if (!text.startsWith("64:ff9b::")) {
      return null;
    }
    try {
      var inside = of(InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16)));
      var special = inside.special();
      return special == null
          ? null
          : "the way through NAT64 to %s, %s".formatted(inside.text, special);
    } catch (UnknownHostException wrongLength) {
      throw new AssertionError(wrongLength);
    }
  }

  /** The longest run of two or more zero groups (the first of equal ones) becomes "::". */
  private static String text(byte[] bytes) {
    int start = -1;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && group(bytes, end) == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    var text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == start) {
        text.append("::");
        i += length - 1;
      } else {
        text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
        text.append(Integer.toHexString(group(bytes, i)));
      }
    }
    return text.toString();
  }

  private static int group(byte[] bytes, int i) {
    return ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
  }
}
