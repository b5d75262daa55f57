package cloud.thalassa.lb.operator.service;

import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.Locale;

/** Names a port of a Service, which may have one number for TCP and for UDP. */
record PortKey(String protocol, int number) {
  static PortKey of(ServicePort port) {
    var protocol = port.getProtocol() == null ? "TCP" : port.getProtocol();
    return new PortKey(protocol, port.getPort());
  }

  /** As a part of names: {@code tcp-443}. */
  String suffix() {
    return protocol.toLowerCase(Locale.ROOT) + "-" + number;
  }

  @Override
  public String toString() {
    return number + "/" + protocol;
  }
}
