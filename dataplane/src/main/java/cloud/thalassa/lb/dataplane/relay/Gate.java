package cloud.thalassa.lb.dataplane.relay;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.dataplane.table.Route;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in to one listener: the one place where it is decided, for all its bindings, loops
 * and engines, and over all tables. Addresses are two halves, IPv4 as IPv4-mapped IPv6. Nothing
 * here allocates or blocks, and every method may be called from any thread.
 *
 * <p>Whoever is let in has to leave: after {@link #enter} said null, exactly one of {@link #left},
 * {@link #leftUnidentified}, and an {@link #identify} that refused.
 */
public final class Gate {
  private final AtomicInteger open = new AtomicInteger();

  /**
   * Lets a peer in, or says why not. One that the route {@link #trusts} is let in as an upstream:
   * it takes its place among all connections, and the rules for sources wait for {@link #identify}.
   *
   * @param route of the listener in the newest table; null: it has none any more
   * @param now {@link System#nanoTime}
   * @return null: it is in
   */
  public @Nullable TerminationReason enter(
      @Nullable Route route, long high, long low, long now, RelayLimits limits) {
    if (route == null) {
      return TerminationReason.LISTENER_REMOVED;
    }
    if (!route.admission().admits(high, low)) {
      return TerminationReason.NOT_ALLOWED;
    }
    return tryOpen(limit(route, limits)) ? null : TerminationReason.MAX_CONNECTIONS;
  }

  /**
   * Whether a peer that came in says in a PROXY header, before anything else, who its client is.
   */
  public static boolean trusts(Route route, long high, long low) {
    return false;
  }

  /**
   * Applies the rules for sources to the client that a trusted upstream named.
   *
   * @param now {@link System#nanoTime}
   * @return null: it stays in; otherwise it is out already
   */
  public @Nullable TerminationReason identify(Route route, long high, long low, long now) {
    if (route.admission().admits(high, low)) {
      return null;
    }
    leftUnidentified();
    return TerminationReason.NOT_ALLOWED;
  }

  /** The end of a connection or flow, with the route and the client with which it came in. */
  public void left(Route route, long high, long low) {
    open.decrementAndGet();
  }

  /** The end of an upstream that never named its client. */
  public void leftUnidentified() {
    open.decrementAndGet();
  }

  /** Connections and flows that are in. */
  public int open() {
    return open.get();
  }

  /** 0: no limit. What a flow costs, anybody can cause with one datagram. */
  private static int limit(Route route, RelayLimits limits) {
    return route.maxConnections() == 0 && route.protocol() == Protocol.UDP
        ? limits.maxFlows()
        : route.maxConnections();
  }

  private boolean tryOpen(int limit) {
    if (open.incrementAndGet() > limit && limit != 0) {
      open.decrementAndGet();
      return false;
    }
    return true;
  }
}
