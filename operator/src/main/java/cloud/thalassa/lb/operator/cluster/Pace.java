package cloud.thalassa.lb.operator.cluster;

import io.javaoperatorsdk.operator.processing.event.rate.RateLimiter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The first change takes effect at once; after that, whatever changes within an interval is one
 * reconciliation. A rolling update of a thousand pods costs its duration, not its pods.
 */
public final class Pace implements RateLimiter<Pace.Last> {
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private final LongSupplier nanoTime;

  /** For the framework, which makes one while building. */
  public Pace() {
    this(System::nanoTime);
  }

  Pace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** When one object was last reconciled. Guarded by the event processor's lock. */
  public static final class Last implements RateLimitState {
    private boolean ever;
    private long nanos;
  }

  @Override
  public Last initState() {
    return new Last();
  }

  @Override
  public Optional<Duration> isLimited(RateLimitState state) {
    var last = (Last) state;
    var now = nanoTime.getAsLong();
    var left = last.ever ? last.nanos + INTERVAL.toNanos() - now : 0;
    if (left > 0) {
      // rounded up: a timer that fires too early would have to be set again
      return Optional.of(Duration.ofMillis(left / 1_000_000 + 1));
    }
    last.ever = true;
    last.nanos = now;
    return Optional.empty();
  }
}
