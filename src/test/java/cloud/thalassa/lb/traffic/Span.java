package cloud.thalassa.lb.traffic;

import java.time.Duration;
import java.time.Instant;

/** Times from {@code from} to before {@code to}. */
public record Span(Instant from, Instant to) {
  public boolean holds(Instant at) {
    return !at.isBefore(from) && at.isBefore(to);
  }

  public Duration length() {
    return Duration.between(from, to);
  }
}
