package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.compile.Ref;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long an understudy leaves a load balancer to the leader, and how often it tries itself: who
 * is cut off from the API server had better give up. Not for several threads.
 */
final class Patience {
  /** A leader that works has done it by then: it takes 30 to 100 ms. */
  static final Duration GRACE = Duration.ofMillis(250);

  /** With pauses that double: 8 s in all, by when another leads. */
  static final int TRIES = 6;

  private final LongSupplier nanoTime;
  private final Map<Ref, Case> cases = new HashMap<>();

  Patience(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A replica should be out. Returns how long to wait; not positive: no longer. */
  Duration left(Ref loadBalancer) {
    var now = nanoTime.getAsLong();
    var known = cases.computeIfAbsent(loadBalancer, _ -> new Case(0, now + GRACE.toNanos()));
    return Duration.ofNanos(known.next - now);
  }

  /** A try failed. Returns whether there is to be another one; otherwise the case is closed. */
  boolean failed(Ref loadBalancer) {
    var known = cases.remove(loadBalancer);
    var tries = known == null ? 1 : known.tries + 1;
    if (tries == TRIES) {
      return false;
    }
    var pause = GRACE.toNanos() << (tries - 1);
    cases.put(loadBalancer, new Case(tries, nanoTime.getAsLong() + pause));
    return true;
  }

  /** Nobody has to be taken out any more. */
  void over(Ref loadBalancer) {
    cases.remove(loadBalancer);
  }

  /**
   * @param next when to try
   */
  private record Case(int tries, long next) {}
}
