package cloud.thalassa.lb.api.translate;

import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The IPv4 addresses that an entry of {@code addressPools} gives, as the operator reads it. */
record Ipv4Pool(long first, long last) {
  private static final int BITS = 32;

  /** Empty: it is of the other family, or wrong, which its Subnet says. */
  static Optional<Ipv4Pool> of(String pool) {
    var parts = pool.split("[/-]", -1);
    var first = parts.length == 2 ? number(parts[0]) : null;
    if (first == null) {
      return Optional.empty();
    }
    if (pool.contains("-")) {
      var last = number(parts[1]);
      return last == null ? Optional.empty() : Optional.of(new Ipv4Pool(first, last));
    }
    if (!parts[1].matches("[0-9]|[12][0-9]|3[0-2]")) {
      return Optional.empty();
    }
    long size = 1L << (BITS - Integer.parseInt(parts[1]));
    return Optional.of(
        size < 4
            ? new Ipv4Pool(first, first + size - 1)
            : new Ipv4Pool(first + 1, first + size - 2)); // neither the network nor broadcast
  }

  Stream<String> addresses() {
    return LongStream.rangeClosed(first, last).mapToObj(Ipv4Pool::text);
  }

  private static @Nullable Long number(String address) {
    var parsed = Networks.address(address);
    if (parsed == null || parsed.getAddress().length * 8 != BITS) {
      return null;
    }
    long number = 0;
    for (byte part : parsed.getAddress()) {
      number = number << 8 | (part & 0xff);
    }
    return number;
  }

  private static String text(long number) {
    return "%d.%d.%d.%d"
        .formatted(number >> 24 & 0xff, number >> 16 & 0xff, number >> 8 & 0xff, number & 0xff);
  }
}
