package cloud.thalassa.lb.api.translate;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Networks as clients write them: with host bits, and single addresses without a prefix. */
final class Networks {
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

  private Networks() {}

  /** The network that contains it, as the kinds want it. */
  static String network(String field, @Nullable String text) {
    var given = Text.required(field, text);
    int slash = given.indexOf('/');
    var address = address(slash < 0 ? given : given.substring(0, slash));
    if (address == null) {
      throw wrong(field, given);
    }
    int bits = address.getAddress().length * 8;
    var prefix = slash < 0 ? Integer.toString(bits) : given.substring(slash + 1);
    if (!PREFIX.matcher(prefix).matches() || Integer.parseInt(prefix) > bits) {
      throw wrong(field, given);
    }
    var masked = masked(address, Integer.parseInt(prefix));
    var network = masked.equals(address) ? given : masked.getHostAddress();
    return slash >= 0 && masked.equals(address) ? given : network + "/" + prefix;
  }

  static boolean ipv6(String network) {
    return network.indexOf(':') >= 0;
  }

  /** Null: not an address. Names are not resolved. */
  static @Nullable InetAddress address(String text) {
    if (!ADDRESS.matcher(text).matches() || text.length() > 45) {
      return null;
    }
    try {
      var address = InetAddress.ofLiteral(text);
      // what looks like IPv6 and is not: an IPv4-mapped address, or the short forms of IPv4
      var plain = address instanceof Inet4Address ? address.getHostAddress().equals(text) : true;
      return plain ? address : null;
    } catch (IllegalArgumentException notAnAddress) {
      return null;
    }
  }

  private static InetAddress masked(InetAddress address, int prefix) {
    var bytes = address.getAddress();
    for (int bit = prefix; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException wrongLength) {
      throw new AssertionError(wrongLength);
    }
  }

  private static Refusal wrong(String field, String text) {
    return Refusal.invalid(
        field,
        Text.quoted(text) + " is no network or address, such as 198.51.100.0/24 or 2001:db8::/32");
  }
}
