package cloud.thalassa.lb.healthchecker.probe;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * First come, first served within a tenant, and tenants take turns: one tenant's thousand silent
 * targets do not hold up another's. Not thread-safe.
 */
final class FairQueue<T> {
  private final SequencedMap<String, Queue<T>> tenants = new LinkedHashMap<>();
  private int size;

  void add(String tenant, T item) {
    tenants.computeIfAbsent(tenant, t -> new ArrayDeque<>()).add(item);
    size++;
  }

  /**
   * The next in turn; null if nobody waits whose tenant may. Costs the tenants that may not.
   *
   * @param may whether it can be a tenant's turn
   */
  @Nullable T poll(Predicate<String> may) {
    for (var entries = tenants.entrySet().iterator(); entries.hasNext(); ) {
      var entry = entries.next();
      var tenant = entry.getKey();
      var items = entry.getValue();
      if (may.test(tenant)) {
        entries.remove();
        return first(tenant, items);
      }
    }
    return null;
  }

  private T first(String tenant, Queue<T> items) {
    var item = items.remove();
    size--;
    if (!items.isEmpty()) {
      tenants.putLast(tenant, items);
    }
    return item;
  }

  int size() {
    return size;
  }
}
