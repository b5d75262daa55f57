package cloud.thalassa.lb.dataplane.relay;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.dataplane.admit.SourceLimits;
import cloud.thalassa.lb.dataplane.table.Route;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in to one listener: the one place where it is decided, for all its bindings, loops
 * and engines, and over all tables. Addresses are two halves, IPv4 as IPv4-mapped IPv6. Nothing
 * here allocates or blocks, and every method may be called from any thread.
 *
 * <p>Whoever was let in has to leave once: by {@link #left}; but an upstream that never named its
 * client, or one whose client {@link #identify} refused, by {@link #leftUnidentified}.
 */
public final class Gate {
  private final AtomicInteger open = new AtomicInteger();

  /** {@link System#nanoTime} of the last one that came; 0: nobody yet. */
  private final AtomicLong lastArrival = new AtomicLong();

  private final SourceLimits sources = new SourceLimits(ThreadLocalRandom.current().nextLong());

  /**
   * Lets a peer in, or says why not. One that the route {@link #trusts} is let in as an upstream:
   * it takes its place among all connections, and the rules for sources wait for {@link #identify}.
   *
   * @param route of the listener in the newest table; null: it has none any more
   * @param port of the listener, to which the peer came
   * @param now {@link System#nanoTime}
   * @return null: it is in
   */
  public @Nullable TerminationReason enter(
      @Nullable Route route, int port, long high, long low, long now, RelayLimits limits) {
    lastArrival.setOpaque(now);
    if (route == null) {
      return TerminationReason.LISTENER_REMOVED;
    }
    var trusted = trusts(route, high, low);
    var forbidden = trusted ? null : forbidden(route, port, high, low);
    if (forbidden != null) {
      return forbidden;
    }
    if (!tryOpen(limit(route, limits))) {
      return TerminationReason.MAX_CONNECTIONS;
    }
    var refusal = trusted ? null : ofSource(route, high, low, now);
    if (refusal != null) {
      open.decrementAndGet();
    }
    return refusal;
  }

  /**
   * Whether a peer that came in says in a PROXY header, before anything else, who its client is.
   */
  public static boolean trusts(Route route, long high, long low) {
    var trusted = route.trustedProxies();
    return trusted != null && route.protocol() == Protocol.TCP && trusted.admits(high, low);
  }

  /**
   * Applies the rules for sources to the client that a trusted upstream named.
   *
   * @param port of the listener, to which the upstream came
   * @param now {@link System#nanoTime}
   * @return null: it may stay, and counts for that client from now on
   */
  public @Nullable TerminationReason identify(
      Route route, int port, long high, long low, long now) {
    var forbidden = forbidden(route, port, high, low);
    return forbidden == null ? ofSource(route, high, low, now) : forbidden;
  }

  /** The end of a connection or flow, with the route and the client with which it came in. */
  public void left(Route route, long high, long low) {
    if (limitsSources(route)) {
      sources.left(high, low);
    }
    open.decrementAndGet();
  }

  /** The end of an upstream without a client that may stay. */
  public void leftUnidentified() {
    open.decrementAndGet();
  }

  /**
   * When a peer last came, let in or not; {@code since} if that is later or nobody did.
   *
   * @param since a {@link System#nanoTime}
   */
  public long lastArrival(long since) {
    var last = lastArrival.getOpaque();
    return last != 0 && last - since > 0 ? last : since;
  }

  /** Connections and flows that are in. */
  public int open() {
    return open.get();
  }

  /** Of one source; 0 where the route limits no sources, since nobody counts them then. */
  public int openOf(long high, long low) {
    return sources.live(high, low);
  }

  /** Both must allow a client: the sources of the listener, and the security groups. */
  private static @Nullable TerminationReason forbidden(Route route, int port, long high, long low) {
    if (!route.admission().admits(high, low)) {
      return TerminationReason.NOT_ALLOWED;
    }
    var rules = route.securityRules();
    return rules == null || rules.admit(route.protocol(), port, high, low)
        ? null
        : TerminationReason.NOT_ALLOWED_BY_SECURITY_GROUP;
  }

  private @Nullable TerminationReason ofSource(Route route, long high, long low, long now) {
    if (!limitsSources(route)) {
      return null;
    }
    var refusal =
        sources.enter(
            high,
            low,
            route.maxConnectionsPerSource(),
            route.newConnectionsPerSourcePerSecond(),
            now);
    if (refusal == null) {
      return null;
    }
    return switch (refusal) {
      case CONNECTIONS -> TerminationReason.MAX_CONNECTIONS_PER_SOURCE;
      case RATE -> TerminationReason.NEW_CONNECTIONS_PER_SOURCE_PER_SECOND;
    };
  }

  /** Without limits for sources nothing is counted by source, and it costs nothing. */
  private static boolean limitsSources(Route route) {
    return route.maxConnectionsPerSource() != 0 || route.newConnectionsPerSourcePerSecond() != 0;
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
