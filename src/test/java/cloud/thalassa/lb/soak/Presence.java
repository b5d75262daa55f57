package cloud.thalassa.lb.soak;

import java.util.concurrent.TimeUnit;

/**
 * When a listener at its address, or a target in its pool, was in the documents, and so which
 * connections may be cut for it: those that outlived the drain timeout, and no others.
 */
final class Presence {
  /** Between the writing of documents and their effect, on a machine that has much to do. */
  private static final long DELAY = TimeUnit.SECONDS.toNanos(10);

  private final long drain;
  private boolean here;
  private long leftAt;
  private long cameAt;
  private boolean left;

  Presence(int drainSeconds, boolean here, long now) {
    this.drain = TimeUnit.SECONDS.toNanos(drainSeconds);
    this.here = here;
    this.cameAt = now;
  }

  boolean here() {
    return here;
  }

  void leave(long now) {
    here = false;
    left = true;
    leftAt = now;
  }

  void come(long now) {
    here = true;
    cameAt = now;
  }

  /** In the documents for so long that it must be in service. */
  boolean settled(long now) {
    return here && now - cameAt > DELAY;
  }

  /** A connection or flow may be cut now because this left. */
  boolean explainsCut(long now) {
    if (!left || now - leftAt < drain) {
      return false;
    }
    return !here || (cameAt - leftAt > drain && now - cameAt < DELAY);
  }

  /** A flow may have moved because this left, however shortly, since then. */
  boolean leftSince(long then) {
    return left && (!here || leftAt - then > -DELAY || cameAt - then > -DELAY);
  }

  /** Whoever used it must have been cut by now. */
  boolean overdue(long now) {
    return !here && left && now - leftAt > drain + DELAY;
  }

  /** Coming back now cannot be mistaken for coming back just when the drain timeout passes. */
  boolean mayReturn(long now) {
    var gone = now - leftAt;
    return !left
        || gone < drain - TimeUnit.SECONDS.toNanos(2)
        || gone > drain + TimeUnit.SECONDS.toNanos(3);
  }
}
