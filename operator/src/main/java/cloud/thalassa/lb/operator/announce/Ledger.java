package cloud.thalassa.lb.operator.announce;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was announced lately: the same again becomes one more occurrence of the same Event, and an
 * object that does not come to rest is heard only now and then. Bounded; not for several threads.
 */
final class Ledger {
  /** A repetition within this time belongs to the series; later it is news. */
  static final Duration SERIES = Duration.ofMinutes(6);

  /** An object may be loud for a moment, and then gets one word a minute. */
  static final int BURST = 10;

  static final Duration REFILL = Duration.ofMinutes(1);
  private static final int REMEMBERED = 4096;

  private final Map<Happening, Series> series = bounded();
  private final Map<String, Allowance> allowances = bounded();

  /** What happened to an object: equal when an Event would say the same. */
  record Happening(String uid, String reason, String note) {}

  /** What to do about a happening. */
  sealed interface Decision {
    record Create() implements Decision {}

    /** The Event {@code name} is to say that it happened {@code count} times. */
    record Repeat(String name, int count) implements Decision {}

    record Drop() implements Decision {}
  }

  /**
   * @param name of the Event, should there be a new one
   */
  Decision decide(Happening happening, String name, Instant now) {
    var allowance =
        allowances.computeIfAbsent(happening.uid(), _ -> new Allowance(BURST, now)).refilled(now);
    allowances.put(happening.uid(), allowance);
    var known = series.get(happening);
    if (known != null && known.last().plus(SERIES).isAfter(now)) {
      var again = new Series(known.name(), known.count() + 1, now);
      series.put(happening, again);
      return spend(happening, allowance, new Decision.Repeat(again.name(), again.count()));
    }
    if (allowance.left() > 0) {
      series.put(happening, new Series(name, 1, now));
    }
    return spend(happening, allowance, new Decision.Create());
  }

  private Decision spend(Happening happening, Allowance allowance, Decision decision) {
    if (allowance.left() == 0) {
      return new Decision.Drop();
    }
    allowances.put(happening.uid(), allowance.spent());
    return decision;
  }

  private record Series(String name, int count, Instant last) {}

  private record Allowance(int left, Instant since) {
    Allowance refilled(Instant now) {
      var periods = Duration.between(since, now).dividedBy(REFILL);
      return periods <= 0
          ? this
          : new Allowance(
              (int) Math.min(BURST, left + periods), since.plus(REFILL.multipliedBy(periods)));
    }

    Allowance spent() {
      return new Allowance(left - 1, since);
    }
  }

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > REMEMBERED;
      }
    };
  }
}
