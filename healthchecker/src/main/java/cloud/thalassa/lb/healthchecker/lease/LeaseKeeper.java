package cloud.thalassa.lb.healthchecker.lease;

import cloud.thalassa.lb.healthchecker.assign.Membership;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Renews this checker's Lease and tells who else lives, on a thread of its own. */
public final class LeaseKeeper implements AutoCloseable {
  private static final Logger log = Logger.getLogger(LeaseKeeper.class);

  /** A dead member is noticed after a Lease and at most two of these. */
  private static final Duration PERIOD = Duration.ofMillis(500);

  private static final Duration LAST_WORDS = Duration.ofSeconds(4);

  private final Leases leases;
  private final String self;
  private final Consumer<Membership> listener;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private Membership membership;
  private boolean reachable = true;

  private LeaseKeeper(Leases leases, String self, Consumer<Membership> listener) {
    this.leases = leases;
    this.self = self;
    this.listener = listener;
    this.membership = Membership.outside(self);
    this.thread = Thread.ofPlatform().daemon().name("lease").unstarted(this::run);
  }

  /** The listener hears of every renewal, on the keeper's thread. */
  public static LeaseKeeper start(Leases leases, String self, Consumer<Membership> listener) {
    var keeper = new LeaseKeeper(leases, self, listener);
    keeper.thread.start();
    return keeper;
  }

  /**
   * Gives the Lease back, so that others take over at once. Who calls has stopped to write before.
   */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!stop.await(nextIn(renew()), TimeUnit.NANOSECONDS)) {}
      leases.release(self);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.warnf("The Lease could not be given back, it will expire: %s", e.getMessage());
    }
  }

  private long renew() {
    var begun = System.nanoTime();
    try {
      leases.renew();
      membership = membership.renewed(leases.list(), begun, System.nanoTime());
      if (!reachable) {
        log.info("The Lease is renewed again");
        reachable = true;
      }
      listener.accept(membership);
      membership.longDead().forEach(leases::release);
    } catch (RuntimeException e) {
      if (reachable) {
        log.warnf("The Lease cannot be renewed; health freezes until it can: %s", e);
        reachable = false;
      }
    }
    return begun;
  }

  private static long nextIn(long begun) {
    return Math.max(0, begun + PERIOD.toNanos() - System.nanoTime());
  }
}
