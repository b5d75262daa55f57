package cloud.thalassa.lb.dataplane.relay.vertx;

import cloud.thalassa.lb.dataplane.relay.RelayLimits;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** One event loop with everything that lives on it. Its state is touched by its own thread only. */
final class Loop {
  final EventLoop events;
  final Supplier<RoutingTable> table;
  final RelayLimits limits;
  final ByteBufAllocator buffers;
  final RandomGenerator random;

  private final List<Session> sessions = new ArrayList<>();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private boolean draining;
  private long drainDeadline;

  Loop(
      EventLoop events,
      Supplier<RoutingTable> table,
      RelayLimits limits,
      ByteBufAllocator buffers,
      RandomGenerator random) {
    this.events = events;
    this.table = table;
    this.limits = limits;
    this.buffers = buffers;
    this.random = random;
    var period = limits.sweep().toNanos();
    var _ = events.scheduleAtFixedRate(this::sweep, period, period, TimeUnit.NANOSECONDS);
  }

  void add(Session session) {
    session.slot = sessions.size();
    sessions.add(session);
    if (draining) {
      session.shutdown(drainDeadline);
    }
  }

  void remove(Session session) {
    var last = sessions.removeLast();
    if (last != session) {
      sessions.set(session.slot, last);
      last.slot = session.slot;
    }
    completeIfDrained();
  }

  void tableChanged() {
    var current = table.get();
    var now = System.nanoTime();
    backwards(session -> session.tableChanged(current, now));
  }

  /** Completes when nothing lives here any more, which is at the deadline or before. */
  CompletableFuture<Void> drain(long deadline) {
    events.execute(
        () -> {
          draining = true;
          drainDeadline = deadline;
          backwards(session -> session.shutdown(deadline));
          sweep();
          completeIfDrained();
        });
    return drained;
  }

  private void sweep() {
    var now = System.nanoTime();
    backwards(session -> session.sweep(now));
  }

  /** A session may remove itself: the one that takes its slot has been visited already. */
  private void backwards(Consumer<Session> visit) {
    for (int i = sessions.size() - 1; i >= 0; i--) {
      visit.accept(sessions.get(i));
    }
  }

  private void completeIfDrained() {
    if (draining && sessions.isEmpty()) {
      drained.complete(null);
    }
  }
}
