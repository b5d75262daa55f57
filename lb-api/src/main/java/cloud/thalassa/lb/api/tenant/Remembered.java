package cloud.thalassa.lb.api.tenant;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Who had which token, or session, a moment ago. */
final class Remembered<T> {
  /** As long nobody asks again: clients send many requests with one token. */
  static final Duration FRESH = Duration.ofSeconds(5);

  /** As long it counts when nobody can be asked. */
  static final Duration STALE = Duration.ofMinutes(10);

  private static final int MOST = 10_000;

  private final Map<String, Entry<T>> entries = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  private record Entry<T>(T who, long at) {}

  Remembered(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Who has it, asked for only when that is not fresh; what is stale counts while the database
   * cannot be asked.
   */
  Uni<Optional<T>> of(String hash, Supplier<Uni<Optional<T>>> question) {
    var fresh = fresh(hash);
    if (fresh.isPresent()) {
      return Uni.createFrom().item(fresh);
    }
    return question
        .get()
        .invoke(who -> put(hash, who))
        .onFailure(Unavailable.class)
        .recoverWithUni(
            failure -> {
              var stale = stale(hash);
              return stale.isPresent()
                  ? Uni.createFrom().item(stale)
                  : Uni.createFrom().failure(failure);
            });
  }

  Optional<T> fresh(String hash) {
    return younger(hash, FRESH);
  }

  Optional<T> stale(String hash) {
    return younger(hash, STALE);
  }

  void put(String hash, Optional<T> who) {
    if (entries.size() >= MOST) {
      entries.clear();
    }
    who.ifPresentOrElse(
        it -> entries.put(hash, new Entry<>(it, nanos.getAsLong())), () -> forget(hash));
  }

  void forget(String hash) {
    entries.remove(hash);
  }

  private Optional<T> younger(String hash, Duration age) {
    return Optional.ofNullable(entries.get(hash))
        .filter(it -> nanos.getAsLong() - it.at < age.toNanos())
        .map(Entry::who);
  }
}
