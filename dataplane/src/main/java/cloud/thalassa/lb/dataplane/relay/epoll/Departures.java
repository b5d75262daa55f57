package cloud.thalassa.lb.dataplane.relay.epoll;

import cloud.thalassa.lb.dataplane.relay.Departure;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which of many numbered connections or flows have to end by a deadline, and why. */
final class Departures {
  private @Nullable TerminationReason[] reason = new TerminationReason[0];
  private long[] deadline = new long[0];
  private boolean shuttingDown;
  private long shutdownAt;

  /** Makes room for the numbers below this. */
  void grow(int numbers) {
    if (numbers > reason.length) {
      reason = Arrays.copyOf(reason, numbers);
      deadline = Arrays.copyOf(deadline, numbers);
    }
  }

  /** A new one: it has to end when the replica does. */
  void begin(int c) {
    reason[c] = null;
    if (shuttingDown) {
      shutdown(c);
    }
  }

  /**
   * Counts from the moment when it began to leave; who is back before the deadline stays.
   *
   * @param departure null: it may stay
   * @return whether its deadline is a new one
   */
  boolean depart(int c, @Nullable Departure departure, long now) {
    if (reason[c] == TerminationReason.SHUTDOWN) {
      return false;
    }
    if (departure == null) {
      reason[c] = null;
      return false;
    }
    if (!departure.begins(reason[c])) {
      return false;
    }
    reason[c] = departure.reason();
    deadline[c] = now + departure.within().toNanos();
    return true;
  }

  /** The replica ends: everything that begins from now on has to end by this time. */
  void shutdownAt(long time) {
    shuttingDown = true;
    shutdownAt = time;
  }

  /** It has to end with the replica. An earlier deadline stays. */
  void shutdown(int c) {
    if (reason[c] == null || shutdownAt - deadline[c] < 0) {
      deadline[c] = shutdownAt;
    }
    reason[c] = TerminationReason.SHUTDOWN;
  }

  /** Why it has to end at this time; null: it need not yet. */
  @Nullable TerminationReason due(int c, long now) {
    return reason[c] != null && now - deadline[c] >= 0 ? reason[c] : null;
  }

  /** Its deadline, if that is before this limit. */
  long earlier(int c, long limit) {
    return reason[c] != null && deadline[c] - limit < 0 ? deadline[c] : limit;
  }
}
