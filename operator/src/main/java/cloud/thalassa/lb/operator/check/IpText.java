package cloud.thalassa.lb.operator.check;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses and networks as the API server's {@code isIP} and {@code isCIDR} read them: no leading
 * zeros, no zones, no IPv4 in IPv6.
 */
final class IpText {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

  private IpText() {}

  static boolean isAddress(String text) {
    return parse(text) != null;
  }

  static String address(String text) {
    return must(text, parse(text)).getHostAddress();
  }

  /** 4 or 6. */
  static long family(String address) {
    return must(address, parse(address)) instanceof Inet4Address ? 4 : 6;
  }

  static boolean isNetwork(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !LENGTH.matcher(text.substring(slash + 1)).matches()) {
      return false;
    }
    var address = parse(text.substring(0, slash));
    return address != null && length(text) <= address.getAddress().length * 8;
  }

  static String network(String text) {
    return address(text.substring(0, text.indexOf('/'))) + "/" + length(text);
  }

  /** The network with its host bits cleared. */
  static String masked(String network) {
    var text = network.substring(0, network.indexOf('/'));
    var bytes = must(text, parse(text)).getAddress();
    int length = length(network);
    for (int i = 0; i < bytes.length; i++) {
      int kept = Math.clamp(length - i * 8L, 0, 8);
      bytes[i] &= (byte) (0xff << (8 - kept));
    }
    try {
      return InetAddress.getByAddress(bytes).getHostAddress() + "/" + length;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
    }
  }

  private static int length(String network) {
    return Integer.parseInt(network.substring(network.indexOf('/') + 1));
  }

  private static @Nullable InetAddress parse(String text) {
    try {
      if (IPV4.matcher(text).matches()) {
        return InetAddress.ofLiteral(text);
      }
      var address = IPV6.matcher(text).matches() ? InetAddress.ofLiteral(text) : null;
      return address instanceof Inet6Address ? address : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static InetAddress must(String text, @Nullable InetAddress address) {
    if (address == null) {
      throw new IllegalArgumentException(text + " is not an IPv4 or IPv6 address");
    }
    return address;
  }
}
