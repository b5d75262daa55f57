package cloud.thalassa.lb.operator.allocate;

import cloud.thalassa.lb.crds.address.IpAddress;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Goes through ranges once, one address after the other, however many there are. */
final class Cursor {
  private final Iterator<AddressRange> ranges;
  private @Nullable AddressRange range;
  private BigInteger next = BigInteger.ZERO;

  Cursor(List<AddressRange> ranges) {
    this.ranges = ranges.iterator();
  }

  /** The next address that is free; null: there is none. Costs those that it passes over. */
  @Nullable IpAddress next(Predicate<IpAddress> free) {
    while (true) {
      if (range == null || next.compareTo(range.last()) > 0) {
        if (!ranges.hasNext()) {
          return null;
        }
        range = ranges.next();
        next = range.first();
      }
      var address = range.address(next);
      next = next.add(BigInteger.ONE);
      if (free.test(address)) {
        return address;
      }
    }
  }
}
