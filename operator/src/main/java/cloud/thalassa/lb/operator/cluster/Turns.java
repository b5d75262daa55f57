package cloud.thalassa.lb.operator.cluster;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * Lets a few reconciliations work at once, and the tenants (namespaces) in turn: one with five
 * hundred load balancers that change all the time holds up nobody who has one. Whoever waits
 * occupies its thread, which is a virtual one.
 */
final class Turns {
  private final int atOnce;
  private final int ofOneTenant;

  /** Everybody who waits or works; in front who is next. */
  private final SequencedMap<String, Tenant> tenants = new LinkedHashMap<>();

  private int working;
  private boolean ended;

  /**
   * @param atOnce reconciliations of all tenants, at least 1
   * @param ofOneTenant of these at most, so that a tenant whose writes hang (a webhook of its own)
   *     leaves some to the others
   */
  Turns(int atOnce, int ofOneTenant) {
    this.atOnce = atOnce;
    this.ofOneTenant = ofOneTenant;
  }

  /**
   * Works when it is the tenant's turn.
   *
   * @return what the work returned; {@code otherwise} when the turns ended before it began
   */
  <T> T take(String tenant, Supplier<T> work, T otherwise) throws InterruptedException {
    var turn = new Turn();
    enter(tenant, turn);
    try {
      turn.called.await();
    } catch (InterruptedException e) {
      leave(tenant, turn);
      throw e;
    }
    try {
      return isEnded() ? otherwise : work.get();
    } finally {
      leave(tenant, turn);
    }
  }

  synchronized void begin() {
    ended = false;
  }

  /** Who waits goes home; does not wait for those who work. */
  synchronized void end() {
    ended = true;
    tenants.values().forEach(tenant -> tenant.waiting.forEach(turn -> turn.called.countDown()));
  }

  private synchronized boolean isEnded() {
    return ended;
  }

  private synchronized void enter(String name, Turn turn) {
    tenants.computeIfAbsent(name, _ -> new Tenant()).waiting.add(turn);
    if (ended) {
      turn.called.countDown();
    }
    grant();
  }

  private synchronized void leave(String name, Turn turn) {
    var tenant = Objects.requireNonNull(tenants.get(name));
    if (turn.granted) {
      tenant.working--;
      working--;
    } else {
      tenant.waiting.remove(turn);
    }
    if (tenant.working == 0 && tenant.waiting.isEmpty()) {
      tenants.remove(name);
    }
    grant();
  }

  private void grant() {
    while (working < atOnce) {
      var next =
          tenants.entrySet().stream()
              .filter(tenant -> tenant.getValue().mayWork(ofOneTenant))
              .findFirst();
      if (next.isEmpty()) {
        return;
      }
      var tenant = next.get().getValue();
      tenants.putLast(next.get().getKey(), tenant);
      tenant.working++;
      working++;
      tenant.waiting.remove().grant();
    }
  }

  private static final class Tenant {
    final Queue<Turn> waiting = new ArrayDeque<>();
    int working;

    boolean mayWork(int most) {
      return working < most && !waiting.isEmpty();
    }
  }

  private static final class Turn {
    final CountDownLatch called = new CountDownLatch(1);
    boolean granted;

    void grant() {
      granted = true;
      called.countDown();
    }
  }
}
