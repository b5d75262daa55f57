package cloud.thalassa.lb.dataplane.select;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * One address that takes traffic of one pool. It stays the same object while the pool has that
 * address, over any number of tables, so that its count of connections is true and its failures are
 * remembered.
 */
public final class Target {
  private static final AtomicLongFieldUpdater<Target> STANDING =
      AtomicLongFieldUpdater.newUpdater(Target.class, "standing");

  private final InetSocketAddress address;
  private final String pool;
  private final AtomicInteger active = new AtomicInteger();
  private volatile long standing = Standing.GOOD;

  /**
   * @param pool the name of its pool, {@code namespace/name} of the target group
   */
  public Target(InetSocketAddress address, String pool) {
    this.address = address;
    this.pool = pool;
  }

  public InetSocketAddress address() {
    return address;
  }

  public String pool() {
    return pool;
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

  /**
   * To be called when it was connected, or answered a datagram: whatever {@link Selector#failed}
   * held against it is forgotten. One read in nearly all cases.
   */
  public void succeeded() {
    if (standing != Standing.GOOD) {
      standing = Standing.GOOD;
    }
  }

  /** Whether it is left alone, or only tried, because it could not be connected. */
  public boolean isOut(long now) {
    return Standing.isOut(standing, now);
  }

  /** Out, and not even to be tried. */
  boolean isClosed(long now) {
    long standing = this.standing;
    return Standing.isOut(standing, now) && !Standing.isDue(standing, now);
  }

  /** False: it is left alone. When its time is over, the one who calls first is let in to try. */
  boolean enter(long now) {
    long standing = this.standing;
    return !Standing.isOut(standing, now)
        || (Standing.isDue(standing, now) && become(standing, Standing.tried(standing, now)));
  }

  long standing() {
    return standing;
  }

  /** False: it is something else than {@code before} by now. */
  boolean become(long before, long after) {
    return STANDING.compareAndSet(this, before, after);
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
