package cloud.thalassa.lb.api.tenant;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Who had which token a moment ago. */
final class Remembered {
  /** As long nobody asks again: clients send many requests with one token. */
  static final Duration FRESH = Duration.ofSeconds(5);

  /** As long it counts when nobody can be asked. */
  static final Duration STALE = Duration.ofMinutes(10);

  private static final int MOST = 10_000;

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  private record Entry(Caller caller, long at) {}

  Remembered(LongSupplier nanos) {
    this.nanos = nanos;
  }

  Optional<Caller> fresh(String hash) {
    return younger(hash, FRESH);
  }

  Optional<Caller> stale(String hash) {
    return younger(hash, STALE);
  }

  void put(String hash, Optional<Caller> caller) {
    if (entries.size() >= MOST) {
      entries.clear();
    }
    caller.ifPresentOrElse(
        it -> entries.put(hash, new Entry(it, nanos.getAsLong())), () -> entries.remove(hash));
  }

  private Optional<Caller> younger(String hash, Duration age) {
    return Optional.ofNullable(entries.get(hash))
        .filter(it -> nanos.getAsLong() - it.at < age.toNanos())
        .map(Entry::caller);
  }
}
