package cloud.thalassa.lb.operator.children;

import java.util.Locale;

/** Named as Kubernetes names them. */
enum AddressFamily {
  IPv4,
  IPv6;

  /** Of an address literal. */
  static AddressFamily of(String address) {
    return address.indexOf(':') < 0 ? IPv4 : IPv6;
  }

  String suffix() {
    return name().toLowerCase(Locale.ROOT);
  }
}
