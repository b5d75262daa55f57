package cloud.thalassa.lb.dataplane.relay.epoll;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/** How often each reason was met on one loop, until the shared counters are told. */
final class Tally<R extends Enum<R>> {
  private final Map<R, long[]> counts;

  Tally(Class<R> reasons) {
    counts = new EnumMap<>(reasons);
    for (var reason : reasons.getEnumConstants()) {
      counts.put(reason, new long[1]);
    }
  }

  void add(R reason, int times) {
    requireNonNull(counts.get(reason), "every reason has a count")[0] += times;
  }

  /** Tells what was counted, and begins at zero. */
  void tell(ObjLongConsumer<R> counter) {
    counts.forEach(
        (reason, count) -> {
          if (count[0] > 0) {
            counter.accept(reason, count[0]);
            count[0] = 0;
          }
        });
  }
}
