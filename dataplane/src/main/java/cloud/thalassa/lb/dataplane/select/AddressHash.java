package cloud.thalassa.lb.dataplane.select;

import cloud.thalassa.lb.dataplane.admit.Ip;

/** The hash of addresses by which all replicas send a client to the same place. */
public final class AddressHash {
  private static final long WORD = 0xffff_ffffL;

  private AddressHash() {}

  /**
   * Of the 32-bit words of an address; IPv4 has one.
   *
   * @param high the first 64 bits of the address, IPv4 as IPv4-mapped IPv6
   * @param low its last 64 bits
   * @param port or whatever else tells hashes of one address apart
   */
  public static long of(long high, long low, int port) {
    long hash = port;
    if (!Ip.isMapped(high, low)) {
      hash = mix(hash ^ (high >>> 32));
      hash = mix(hash ^ (high & WORD));
      hash = mix(hash ^ (low >>> 32));
    }
    return mix(hash ^ (low & WORD));
  }

  /** The finalizer of SplitMix64, with its increment; part of what all replicas must agree on. */
  static long mix(long z) {
    z += 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
