package cloud.thalassa.lb.dataplane.relay.vertx;

import cloud.thalassa.lb.dataplane.relay.Departure;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import org.jspecify.annotations.Nullable;

/** A connection or a flow, as its loop sees it: something that lives until a reason ends it. */
abstract class Session {
  /** Where the loop keeps it. */
  int slot;

  private final long idleNanos;
  private final long startedAt;
  private long activeAt;
  private @Nullable TerminationReason leaving;
  private long deadline;

  Session(long idleNanos, long now) {
    this.idleNanos = idleNanos;
    this.startedAt = now;
    this.activeAt = now;
  }

  /** What the newest table means for it. */
  abstract void tableChanged(RoutingTable table, long now);

  /** Brings metrics up to date, and tells whether any byte moved since the last call. */
  abstract boolean account();

  abstract void end(TerminationReason reason);

  /** In nanoseconds. */
  final long age(long now) {
    return now - startedAt;
  }

  final void sweep(long now) {
    if (account()) {
      activeAt = now;
    }
    if (leaving != null && now - deadline >= 0) {
      end(leaving);
    } else if (now - activeAt >= idleNanos) {
      end(TerminationReason.IDLE_TIMEOUT);
    }
  }

  /** Counts from the moment when it began to leave; who is back before the deadline stays. */
  final void depart(@Nullable Departure departure, long now) {
    if (leaving == TerminationReason.SHUTDOWN) {
      return;
    }
    if (departure == null) {
      leaving = null;
    } else if (departure.begins(leaving)) {
      leaving = departure.reason();
      deadline = now + departure.within().toNanos();
    }
  }

  /** The replica ends. An earlier deadline stays. */
  final void shutdown(long at) {
    if (leaving == null || at - deadline < 0) {
      deadline = at;
    }
    leaving = TerminationReason.SHUTDOWN;
  }
}
