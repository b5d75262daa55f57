package cloud.thalassa.lb.dataplane.table;

import java.net.InetSocketAddress;

/** What a slice says about an address. */
record Found(InetSocketAddress address, int weight, boolean ready, boolean terminating) {
  boolean draining() {
    return terminating || weight == 0;
  }

  /**
   * For the moment in which two slices hold the same address, because it moves from one to the
   * other: the one that lets it serve.
   */
  Found or(Found other) {
    if (draining() != other.draining()) {
      return draining() ? other : this;
    }
    if (ready != other.ready) {
      return ready ? this : other;
    }
    return weight >= other.weight ? this : other;
  }
}
