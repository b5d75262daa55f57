package cloud.thalassa.lb.dataplane.admit;

import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The one text of an IPv6 address that RFC 5952 recommends; never with a zone. */
final class Ipv6Text {
  private static final int GROUPS = 8;

  private Ipv6Text() {}

  static String of(byte[] address) {
    var groups = ByteBuffer.wrap(address).asShortBuffer();
    int start = 0;
    int length = 0;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups.get(end) == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
      i = Math.max(i, end);
    }
    if (length < 2) {
      return hex(address, 0, GROUPS);
    }
    return hex(address, 0, start) + "::" + hex(address, start + length, GROUPS);
  }

  private static String hex(byte[] address, int from, int to) {
    var groups = ByteBuffer.wrap(address).asShortBuffer();
    return IntStream.range(from, to)
        .mapToObj(i -> Integer.toHexString(Short.toUnsignedInt(groups.get(i))))
        .collect(Collectors.joining(":"));
  }
}
