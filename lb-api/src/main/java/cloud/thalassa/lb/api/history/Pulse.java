package cloud.thalassa.lb.api.history;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Wakes those who wait for events. Any replica may have kept them: as long as anybody waits, the
 * database is asked once a second for all of them whether there are new ones.
 */
@ApplicationScoped
public class Pulse {
  private static final Logger log = Logger.getLogger(Pulse.class);
  private static final long PERIOD_MILLIS = 1000;

  private final History history;
  private int listeners;
  private boolean watching;
  private long last;
  private long beats;

  Pulse(History history) {
    this.history = history;
  }

  /** To be called before anything is read. */
  public synchronized void join() {
    listeners++;
    if (!watching) {
      watching = true;
      Thread.ofVirtual().name("pulse").start(this::watch);
    }
  }

  public synchronized void leave() {
    listeners--;
    notifyAll();
  }

  /** What there was until now: with this in hand, read, and then wait for more. */
  public synchronized long now() {
    return beats;
  }

  /** Returns when there may be more than there was, or after a while. */
  public synchronized void await(long known, Duration most) throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    for (long left = most.toMillis(); beats == known && left > 0; ) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
  }

  /** There is something new, or an end. */
  public synchronized void beat() {
    beats++;
    notifyAll();
  }

  private void watch() {
    try {
      while (pause()) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** False: nobody waits any more. */
  private synchronized boolean pause() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
    for (long left = PERIOD_MILLIS; listeners > 0 && left > 0; ) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    watching = listeners > 0;
    return watching;
  }

  private void look() {
    try {
      long newest = history.last();
      if (newest != last) {
        last = newest;
        beat();
      }
    } catch (RuntimeException e) { // whatever it is, the next look may tell more
      log.debug("The database does not say whether there are new events", e);
    }
  }
}
