package cloud.thalassa.lb.crds.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An address and a prefix length; printed canonically. */
public record Cidr(IpAddress address, int prefix) {
  private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

  /** Null: not a network as the API server understands one. */
  public static @Nullable Cidr parse(@Nullable String text) {
    int slash = text == null ? -1 : text.indexOf('/');
    if (text == null || slash < 0) {
      return null;
    }
    var address = IpAddress.parse(text.substring(0, slash));
    var prefix = text.substring(slash + 1);
    if (address == null || !PREFIX.matcher(prefix).matches()) {
      return null;
    }
    var cidr = new Cidr(address, Integer.parseInt(prefix));
    return cidr.prefix <= cidr.bits() ? cidr : null;
  }

  /** What is wrong with the text of a CIDR, as the end of a sentence; null: nothing. */
  public static @Nullable String problem(@Nullable String text) {
    var cidr = parse(text);
    if (cidr == null) {
      var address = IpAddress.parse(text);
      return address == null
          ? text + " is not a CIDR such as 198.51.100.0/24 or 2001:db8::/32"
          : "%s is not a CIDR: write %s/%d for this one address"
              .formatted(text, address.text(), address.v6() ? 128 : 32);
    }
    var network = cidr.masked();
    return network.equals(cidr)
        ? null
        : "%s has bits set behind its prefix: write %s".formatted(text, network);
  }

  /** What is wrong with a list of CIDRs, as sentences. */
  public static void check(String field, List<String> cidrs, int most, List<String> problems) {
    if (cidrs.size() > most) {
      problems.add("%s: %d entries are more than %d.".formatted(field, cidrs.size(), most));
    }
    for (int i = 0; i < cidrs.size(); i++) {
      var problem = problem(cidrs.get(i));
      if (problem != null) {
        problems.add("%s[%d]: %s.".formatted(field, i, problem));
      }
    }
  }

  /** Written one way only, sorted, each once. */
  public static List<String> canonical(List<String> cidrs) {
    return cidrs.stream().map(cidr -> String.valueOf(parse(cidr))).distinct().sorted().toList();
  }

  /** Whether every address of the other network is one of this network, both without host bits. */
  public boolean contains(Cidr other) {
    return prefix <= other.prefix && contains(other.address);
  }

  private int bits() {
    return address.v6() ? 128 : 32;
  }

  /** The same network with its host bits cleared. */
  public Cidr masked() {
    var bytes = address.value().getAddress();
    for (int bit = prefix; bit < bits(); bit++) {
      bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    try {
      return new Cidr(IpAddress.of(InetAddress.getByAddress(bytes)), prefix);
    } catch (UnknownHostException wrongLength) {
      throw new AssertionError(wrongLength);
    }
  }

  /** Whether the address is in this network; never one of the other family. */
  public boolean contains(IpAddress other) {
    if (other.v6() != address.v6()) {
      return false;
    }
    var ours = address.value().getAddress();
    var its = other.value().getAddress();
    int whole = prefix / 8;
    return Arrays.equals(ours, 0, whole, its, 0, whole)
        && (prefix % 8 == 0 || ((ours[whole] ^ its[whole]) & 0xff) >> (8 - prefix % 8) == 0);
  }

  @Override
  public String toString() {
    return address.text() + "/" + prefix;
  }
}
