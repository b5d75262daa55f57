package cloud.thalassa.lb.healthchecker.probe;

import cloud.thalassa.lb.crds.HealthCheck;

/** What is probed once, however many load balancers use it: an address, a port and a check. */
public record Probe(String address, int port, HealthCheck check) {
  public Probe {
    check =
        new HealthCheck(
            check.protocol(),
            null, // already resolved into port
            check.path(),
            check.host(),
            check.expectedStatuses(),
            check.intervalSeconds(),
            check.timeoutSeconds(),
            check.healthyThreshold(),
            check.unhealthyThreshold());
  }

  /** As in a URL. */
  String authority() {
    return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + port;
  }
}
