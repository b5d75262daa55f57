package cloud.thalassa.lb.dataplane.relay.vertx;

import cloud.thalassa.lb.dataplane.relay.RelayLimits;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
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
import org.jboss.logging.Logger;

/** One event loop with everything that lives on it. Its state is touched by its own thread only. */
final class Loop {
  private static final Logger log = Logger.getLogger(Loop.class);
  private static final long LOG_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  final EventLoop events;
  final Supplier<RoutingTable> table;
  final RelayLimits limits;
  final ByteBufAllocator buffers;
  final RandomGenerator random;

  private final List<Session> sessions = new ArrayList<>();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private long defectLoggedAt = System.nanoTime() - LOG_PAUSE_NANOS;
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

  /** A defect of ours ends the session that met it, and nothing else. */
  <S extends Session> void guard(S session, Consumer<? super S> step) {
    try {
      step.accept(session);
    } catch (RuntimeException | Error defect) {
      failed(defect);
      session.end(TerminationReason.INTERNAL_ERROR);
    }
  }

  /** Each defect may come with every connection: one a second says enough. */
  void failed(Throwable defect) {
    var now = System.nanoTime();
    if (now - defectLoggedAt >= LOG_PAUSE_NANOS) {
      defectLoggedAt = now;
      log.error("A connection or flow was ended by a defect of this program", defect);
    }
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
      guard(sessions.get(i), visit);
    }
  }

  private void completeIfDrained() {
    if (draining && sessions.isEmpty()) {
      drained.complete(null);
    }
  }
}
