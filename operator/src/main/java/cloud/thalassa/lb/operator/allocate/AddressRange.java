package cloud.thalassa.lb.operator.allocate;

import cloud.thalassa.lb.crds.address.Cidr;
import cloud.thalassa.lb.crds.address.IpAddress;
import cloud.thalassa.lb.operator.compile.Site;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Addresses of one family that follow each other, from {@code first} to {@code last}. */
record AddressRange(boolean v6, BigInteger first, BigInteger last) {

  /** What an entry of {@code addressPools} gives; null: {@link #problem} says why nothing. */
  static @Nullable AddressRange parse(String pool) {
    var cidr = Cidr.parse(pool);
    if (cidr != null) {
      return cidr.equals(cidr.masked()) ? usable(cidr) : null;
    }
    var ends = pool.split("-", -1);
    var first = ends.length == 2 ? IpAddress.parse(ends[0]) : null;
    var last = ends.length == 2 ? IpAddress.parse(ends[1]) : null;
    if (first == null || last == null || first.v6() != last.v6()) {
      return null;
    }
    var range = new AddressRange(first.v6(), number(first), number(last));
    return range.first.compareTo(range.last) <= 0 ? range : null;
  }

  /** What is wrong with an entry, as the end of a sentence; null: nothing. */
  static @Nullable String problem(String pool, Site site) {
    var range = parse(pool);
    if (range == null) {
      return reason(pool);
    }
    return Stream.of(range.first, range.last)
        .map(range::address)
        .filter(end -> site == Site.CLUSTER || !end.loopback())
        .filter(end -> end.special() != null)
        .findFirst()
        .map(end -> "%s: %s is %s: leave it out".formatted(pool, end.text(), end.special()))
        .orElse(null);
  }

  private static String reason(String pool) {
    var cidr = Cidr.parse(pool);
    if (cidr != null) {
      return "%s has bits set behind its prefix: write %s".formatted(pool, cidr.masked());
    }
    var ends = pool.split("-", -1);
    if (ends.length != 2 || IpAddress.parse(ends[0]) == null || IpAddress.parse(ends[1]) == null) {
      return "%s is neither a network such as 203.0.113.0/28 nor a range such as 198.51.100.10-198.51.100.20"
          .formatted(pool);
    }
    return ends[0].contains(":") == ends[1].contains(":")
        ? "%s ends before it begins: write %s-%s".formatted(pool, ends[1], ends[0])
        : "%s goes from one family to the other: give each family a range of its own"
            .formatted(pool);
  }

  /**
   * Without the first and the last address of an IPv4 network (the network itself, and broadcast)
   * and the first of an IPv6 network (any router, RFC 4291): many a client and router would not
   * treat them as a host. A range that names them gets them.
   */
  private static AddressRange usable(Cidr cidr) {
    boolean v6 = cidr.address().v6();
    int hostBits = (v6 ? 128 : 32) - cidr.prefix();
    var first = number(cidr.address());
    var last = first.add(BigInteger.ONE.shiftLeft(hostBits)).subtract(BigInteger.ONE);
    return hostBits < 2
        ? new AddressRange(v6, first, last)
        : new AddressRange(
            v6, first.add(BigInteger.ONE), v6 ? last : last.subtract(BigInteger.ONE));
  }

  boolean contains(IpAddress address) {
    var number = number(address);
    return address.v6() == v6 && first.compareTo(number) <= 0 && number.compareTo(last) <= 0;
  }

  boolean overlaps(AddressRange other) {
    return v6 == other.v6 && first.compareTo(other.last) <= 0 && other.first.compareTo(last) <= 0;
  }

  BigInteger size() {
    return last.subtract(first).add(BigInteger.ONE);
  }

  IpAddress address(BigInteger number) {
    return IpAddress.of(number, v6);
  }

  private static BigInteger number(IpAddress address) {
    return new BigInteger(1, address.value().getAddress());
  }
}
