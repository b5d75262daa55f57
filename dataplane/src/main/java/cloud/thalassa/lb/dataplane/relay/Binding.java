package cloud.thalassa.lb.dataplane.relay;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** One address on which a listener takes traffic. A wildcard address stands for both families. */
public record Binding(ListenerKey listener, Protocol protocol, InetSocketAddress address) {
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
