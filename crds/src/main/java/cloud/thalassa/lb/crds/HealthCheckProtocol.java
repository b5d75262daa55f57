package cloud.thalassa.lb.crds;

/** How a target is probed. */
public enum HealthCheckProtocol {
  TCP,
  HTTP
}
