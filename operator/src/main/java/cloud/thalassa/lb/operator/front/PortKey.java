package cloud.thalassa.lb.operator.front;

import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.Locale;

/** Names a port, of which there may be one for TCP and one for UDP with the same number. */
public record PortKey(String protocol, int number) {
  public static PortKey of(ServicePort port) {
    var protocol = port.getProtocol() == null ? "TCP" : port.getProtocol();
    return new PortKey(protocol, port.getPort());
  }

  /** As a part of names: {@code tcp-443}. */
  public String suffix() {
    return protocol.toLowerCase(Locale.ROOT) + "-" + number;
  }

  @Override
  public String toString() {
    return number + "/" + protocol;
  }
}
