package cloud.thalassa.lb.healthchecker.probe;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Queue;
import java.util.SequencedMap;
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

  /** The next in turn; null if nobody waits. */
  @Nullable T poll() {
    var turn = tenants.pollFirstEntry();
    if (turn == null) {
      return null;
    }
    var item = turn.getValue().remove();
    size--;
    if (!turn.getValue().isEmpty()) {
      tenants.putLast(turn.getKey(), turn.getValue());
    }
    return item;
  }

  int size() {
    return size;
  }
}
