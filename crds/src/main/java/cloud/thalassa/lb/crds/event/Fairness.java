package cloud.thalassa.lb.crds.event;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * So much may one load balancer have told: a burst, and then evenly. Whoever changes all the time
 * takes no place away from others. Bounded; not for several threads.
 */
final class Fairness {
  static final int BURST = 2000;
  static final int A_MINUTE = 120;
  private static final long REFILL = 60_000_000_000L / A_MINUTE;
  private static final int REMEMBERED = 4096;

  private final Map<String, Allowance> allowances =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Allowance> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param now of a monotonic clock, in nanoseconds
   */
  boolean admits(String loadBalancer, long now) {
    var allowance = allowances.computeIfAbsent(loadBalancer, _ -> new Allowance(BURST, now));
    var gained = (now - allowance.since) / REFILL;
    var left = (int) Math.min(BURST, allowance.left + gained);
    var since = allowance.since + gained * REFILL;
    allowances.put(loadBalancer, new Allowance(Math.max(0, left - 1), since));
    return left > 0;
  }

  private record Allowance(int left, long since) {}
}
