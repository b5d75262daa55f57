package cloud.thalassa.lb.kubectl.diff;

import cloud.thalassa.lb.crds.address.Cidr;
import cloud.thalassa.lb.crds.address.IpAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Addresses of one family from the first to the last. */
record Range(boolean v6, BigInteger first, BigInteger last) {
  private static final long MAPPED = 0xffff_0000_0000L;

  /** All addresses of both families. */
  private static final List<Range> EVERYBODY = List.of(whole(false), whole(true));

  private static Range whole(boolean v6) {
    return new Range(v6, BigInteger.ZERO, end(v6).subtract(BigInteger.ONE));
  }

  private static BigInteger end(boolean v6) {
    return BigInteger.ONE.shiftLeft(bits(v6));
  }

  private static int bits(boolean v6) {
    return v6 ? 128 : 32;
  }

  /**
   * All addresses, cut at the edges of these CIDRs: whatever is said with them is true of all of a
   * piece, or of none of it.
   */
  static List<Range> pieces(Collection<String> cidrs) {
    var networks = cidrs.stream().map(Cidr::parse).filter(it -> it != null).toList();
    var pieces = new ArrayList<Range>();
    for (var all : EVERYBODY) {
      var edges = new TreeSet<BigInteger>();
      edges.add(all.first);
      for (var network : networks) {
        if (network.address().v6() == all.v6) {
          var range = of(network);
          edges.add(range.first);
          edges.add(range.last.add(BigInteger.ONE));
        }
      }
      edges.add(end(all.v6));
      var from = BigInteger.ZERO;
      for (var edge : edges.tailSet(from, false)) {
        pieces.add(new Range(all.v6, from, edge.subtract(BigInteger.ONE)));
        from = edge;
      }
    }
    return pieces;
  }

  private static Range of(Cidr network) {
    var first = new BigInteger(1, network.masked().address().value().getAddress());
    boolean v6 = network.address().v6();
    var size = BigInteger.ONE.shiftLeft(bits(v6) - network.prefix());
    return new Range(v6, first, first.add(size).subtract(BigInteger.ONE));
  }

  /** Those that follow each other are one. */
  static List<Range> joined(List<Range> sorted) {
    var joined = new ArrayList<Range>();
    for (var range : sorted) {
      var before = joined.isEmpty() ? null : joined.getLast();
      if (before != null
          && before.v6 == range.v6
          && before.last.add(BigInteger.ONE).equals(range.first)) {
        joined.set(joined.size() - 1, new Range(range.v6, before.first, range.last));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  /** The fewest CIDRs that are just these addresses. */
  List<String> cidrs() {
    var cidrs = new ArrayList<String>();
    var from = first;
    while (from.compareTo(last) <= 0) {
      int free = from.signum() == 0 ? bits(v6) : Math.min(bits(v6), from.getLowestSetBit());
      int fits = last.subtract(from).add(BigInteger.ONE).bitLength() - 1;
      int size = Math.min(free, fits);
      cidrs.add(IpAddress.of(from, v6).text() + "/" + (bits(v6) - size));
      from = from.add(BigInteger.ONE.shiftLeft(size));
    }
    return cidrs;
  }

  /** One of them, given 128 bits of chance. */
  BigInteger pick(long high, long low) {
    var chance =
        new BigInteger(Long.toUnsignedString(high))
            .shiftLeft(Long.SIZE)
            .or(new BigInteger(Long.toUnsignedString(low)));
    return first.add(chance.mod(last.subtract(first).add(BigInteger.ONE)));
  }

  /** The first half of an address of this family, IPv4 as IPv4-mapped IPv6. */
  long high(BigInteger address) {
    return v6 ? address.shiftRight(Long.SIZE).longValue() : 0;
  }

  long low(BigInteger address) {
    return v6 ? address.longValue() : MAPPED | address.longValue();
  }
}
