package cloud.thalassa.lb.dataplane.admit;

import cloud.thalassa.lb.dataplane.admit.Prefixes.Prefix;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The sources that a listener admits. Immutable. IPv4-mapped IPv6 is IPv4, in CIDRs and in clients:
 * {@code ::/0} admits no IPv4 client.
 */
public final class Admission {
  /** Admits everybody. */
  public static final Admission EVERYBODY = Admission.of(List.of());

  private final List<String> sources;
  private final Prefixes v4;
  private final Prefixes v6;

  private Admission(List<String> sources, Prefixes v4, Prefixes v6) {
    this.sources = sources;
    this.v4 = v4;
    this.v6 = v6;
  }

  /**
   * Admits the clients of these CIDRs; of none: everybody.
   *
   * @throws IllegalArgumentException with a sentence, when one of them is not a CIDR: who cannot
   *     say whom to admit must admit nobody
   */
  public static Admission of(List<String> cidrs) {
    var v4 = new ArrayList<Prefix>();
    var v6 = new ArrayList<Prefix>();
    for (var cidr : cidrs) {
      var prefix = Cidrs.parse(cidr);
      (Cidrs.isV4(prefix) ? v4 : v6).add(prefix);
    }
    return new Admission(List.copyOf(cidrs), Prefixes.disjoint(v4), Prefixes.disjoint(v6));
  }

  /** The CIDRs as they were given. */
  public List<String> sources() {
    return sources;
  }

  /** Cost: one binary search among the CIDRs, and the JDK's copy of the address. */
  public boolean admits(InetAddress client) {
    return sources.isEmpty() || admits(Ip.high(client), Ip.low(client));
  }

  /** The same for an address as two 64-bit halves, IPv4 as IPv4-mapped IPv6; allocates nothing. */
  public boolean admits(long high, long low) {
    return sources.isEmpty() || (Ip.isMapped(high, low) ? v4 : v6).contain(high, low);
  }

  @Override
  public String toString() {
    return sources.isEmpty() ? "everybody" : sources.toString();
  }
}
