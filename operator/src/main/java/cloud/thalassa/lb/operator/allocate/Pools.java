package cloud.thalassa.lb.operator.allocate;

import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.address.IpAddress;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** The addresses of a Subnet, in the order in which they are given away. */
public final class Pools {
  private static final BigInteger MOST = BigInteger.valueOf(Integer.MAX_VALUE);

  private final List<AddressRange> ranges;

  private Pools(List<AddressRange> ranges) {
    this.ranges = ranges;
  }

  /** An entry that is wrong gives nothing. */
  public static Pools of(Subnet subnet) {
    var pools = subnet.getSpec().addressPools();
    return new Pools(
        pools.stream().map(AddressRange::parse).filter(Objects::nonNull).distinct().toList());
  }

  boolean contains(IpAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  boolean has(boolean v6) {
    return ranges.stream().anyMatch(range -> range.v6() == v6);
  }

  /** The family of a load balancer that has one and does not say which. */
  boolean firstIsV6() {
    return !ranges.isEmpty() && ranges.getFirst().v6();
  }

  /** How many addresses the pools have beside these, at most 2147483647. */
  public long available(Collection<IpAddress> taken) {
    var size = ranges.stream().map(AddressRange::size).reduce(BigInteger.ZERO, BigInteger::add);
    var inside = taken.stream().filter(this::contains).count();
    return size.subtract(BigInteger.valueOf(inside)).max(BigInteger.ZERO).min(MOST).longValue();
  }

  /** Of these addresses the ones that are in no pool. */
  public List<IpAddress> without(Collection<IpAddress> addresses) {
    return addresses.stream().filter(address -> !contains(address)).toList();
  }

  Cursor cursor(boolean v6) {
    return new Cursor(ranges.stream().filter(range -> range.v6() == v6).toList());
  }
}
