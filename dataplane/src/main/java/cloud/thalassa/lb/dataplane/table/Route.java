package cloud.thalassa.lb.dataplane.table;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.dataplane.admit.Admission;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one listener does with its connections.
 *
 * @param bind where to listen; one wildcard address ({@code isAnyLocalAddress}) for all addresses
 *     of the machine
 * @param maxConnections of this replica; 0: no limit. UDP: flows
 * @param maxConnectionsPerSource of this replica; 0: no limit. UDP: flows
 * @param newConnectionsPerSourcePerSecond of this replica; 0: no limit. UDP: flows
 * @param trustedProxies say in a PROXY header who their client is; null: nobody is asked
 */
public record Route(
    ListenerKey key,
    Protocol protocol,
    List<InetSocketAddress> bind,
    int maxConnections,
    Duration idleTimeout,
    ProxyProtocol proxyProtocol,
    Admission admission,
    int maxConnectionsPerSource,
    int newConnectionsPerSourcePerSecond,
    @Nullable Admission trustedProxies,
    Pool pool) {
  public Route {
    bind = List.copyOf(bind);
  }
}
