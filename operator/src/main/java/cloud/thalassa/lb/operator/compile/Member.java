package cloud.thalassa.lb.operator.compile;

import org.jspecify.annotations.Nullable;

/**
 * One target: an address and a port.
 *
 * @param address canonical text
 * @param healthPort where it is probed, if not at {@code port}
 * @param weight 0..256; 0: takes no new connections
 * @param ready it may take connections, as far as its pod says
 * @param terminating its pod was asked to stop
 */
public record Member(
    String address,
    boolean ipv6,
    int port,
    @Nullable Integer healthPort,
    int weight,
    boolean ready,
    boolean terminating,
    @Nullable String nodeName,
    @Nullable String zone,
    @Nullable PodTarget pod) {

  /** Whether it only finishes what it has. */
  public boolean draining() {
    return terminating || weight == 0;
  }

  Key key() {
    return new Key(address, port);
  }

  /** What makes two targets the same. */
  record Key(String address, int port) {}
}
