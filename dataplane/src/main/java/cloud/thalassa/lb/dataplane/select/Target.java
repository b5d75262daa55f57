package cloud.thalassa.lb.dataplane.select;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One address that takes traffic of one pool. It stays the same object while the pool has that
 * address, over any number of tables, so that its count of connections is true.
 */
public final class Target {
  private final InetSocketAddress address;
  private final AtomicInteger active = new AtomicInteger();

  public Target(InetSocketAddress address) {
    this.address = address;
  }

  public InetSocketAddress address() {
    return address;
  }

  /** Connections and flows of this replica to the target, those being connected included. */
  public int active() {
    return active.get();
  }

  /** To be called before connecting, so that the next selection already counts it. */
  public void opened() {
    active.getAndIncrement();
  }

  /** Exactly once for each {@link #opened}. */
  public void closed() {
    active.getAndDecrement();
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
