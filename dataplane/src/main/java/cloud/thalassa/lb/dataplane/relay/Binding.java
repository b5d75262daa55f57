package cloud.thalassa.lb.dataplane.relay;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import cloud.thalassa.lb.dataplane.table.Route;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One address on which a listener takes traffic. A wildcard address stands for both families. */
public record Binding(ListenerKey listener, Protocol protocol, InetSocketAddress address) {
  /**
   * The route of the listener; null: the table has none, or takes no traffic on this address, as
   * for a moment when a range became smaller.
   */
  public @Nullable Route route(RoutingTable table) {
    var route = table.routes().get(listener);
    return route != null && route.protocol() == protocol && route.binds(address) ? route : null;
  }

  public int port() {
    return address.getPort();
  }

  /** What only one listener can have at a time, in words: {@code TCP 192.0.2.1:443}. */
  public String place() {
    var ip = address.getAddress();
    if (ip.isAnyLocalAddress()) {
      return protocol + " port " + address.getPort();
    }
    return ip instanceof Inet6Address
        ? protocol + " [" + ip.getHostAddress() + "]:" + address.getPort()
        : protocol + " " + ip.getHostAddress() + ":" + address.getPort();
  }
}
