package cloud.thalassa.lb.dataplane.table;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.dataplane.admit.Admission;
import cloud.thalassa.lb.dataplane.admit.SecurityRules;
import cloud.thalassa.lb.dataplane.select.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What one listener does with its connections.
 *
 * @param addresses where to listen; one wildcard address ({@code isAnyLocalAddress}) for all of the
 *     machine
 * @param port first port of the range, 1..65535
 * @param endPort last port of the range, at least {@code port}
 * @param maxConnections of this replica; 0: no limit. UDP: flows
 * @param securityRules must allow a client too; null: no security group is attached
 * @param maxConnectionsPerSource of this replica; 0: no limit. UDP: flows
 * @param newConnectionsPerSourcePerSecond of this replica; 0: no limit. UDP: flows
 * @param trustedProxies say in a PROXY header who their client is; null: nobody is asked
 */
public record Route(
    ListenerKey key,
    Protocol protocol,
    List<InetAddress> addresses,
    int port,
    int endPort,
    int maxConnections,
    Duration idleTimeout,
    ProxyProtocol proxyProtocol,
    Admission admission,
    @Nullable SecurityRules securityRules,
    int maxConnectionsPerSource,
    int newConnectionsPerSourcePerSecond,
    @Nullable Admission trustedProxies,
    Split split) {
  public Route {
    addresses = List.copyOf(addresses);
  }

  /** Every port of the range on every address. */
  public List<InetSocketAddress> bind() {
    return addresses.stream()
        .flatMap(
            address ->
                IntStream.rangeClosed(port, endPort)
                    .mapToObj(number -> new InetSocketAddress(address, number)))
        .toList();
  }

  /** Whether the address is one of {@link #bind}. */
  public boolean binds(InetSocketAddress address) {
    return binds(address.getPort()) && addresses.contains(address.getAddress());
  }

  public boolean binds(int number) {
    return port <= number && number <= endPort;
  }

  /**
   * Targets for a new connection, in the order in which they are to be tried: of the pool in whose
   * share it falls; none when nobody serves there. See {@link
   * cloud.thalassa.lb.dataplane.select.Selector#candidates}.
   */
  public Iterator<Target> candidates(
      long clientHigh, long clientLow, long now, RandomGenerator random) {
    var pool = split.choose(clientHigh, clientLow, random);
    return pool == null
        ? Collections.emptyIterator()
        : pool.selector().candidates(clientHigh, clientLow, now, random);
  }

  /** The first of these candidates, if that is left neither to chance nor to what others do. */
  public @Nullable Target certain(long clientHigh, long clientLow, long now) {
    var pool = split.certain(clientHigh, clientLow);
    return pool == null ? null : pool.selector().certain(clientHigh, clientLow, now);
  }

  /** What the target of an earlier or this table is to this listener now. */
  public Membership membership(Target target) {
    var pool = split.named(target.pool());
    return pool == null ? Membership.GONE : pool.membership(target);
  }

  /** How long a target of one of its pools keeps its connections; null: it has no such pool. */
  public @Nullable Duration drainTimeout(Target target) {
    var pool = split.named(target.pool());
    return pool == null ? null : pool.drainTimeout();
  }

  /**
   * Where a target takes what came in on a port: the n-th port of the range leads to the n-th port
   * from the target's own.
   *
   * @param boundPort one that this route {@link #binds}
   * @return 1..65535
   */
  public int targetPort(Target target, int boundPort) {
    return target.address().getPort() + boundPort - port;
  }

  /** The same with the target's address; allocates only behind the first port of a range. */
  public InetSocketAddress targetAddress(Target target, int boundPort) {
    var own = target.address();
    return boundPort == port
        ? own
        : new InetSocketAddress(own.getAddress(), targetPort(target, boundPort));
  }

  /**
   * A target refused, or did not answer in time. One that refuses a port of a range may well serve
   * the others, and stays in the choice.
   *
   * @param now {@link System#nanoTime}
   * @return whether it is left alone for a while
   */
  public boolean failed(Target target, long now) {
    var pool = split.named(target.pool());
    return port == endPort && pool != null && pool.selector().failed(target, now);
  }
}
