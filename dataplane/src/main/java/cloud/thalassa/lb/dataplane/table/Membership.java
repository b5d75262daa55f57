package cloud.thalassa.lb.dataplane.table;

/** What a target is to its pool. */
public enum Membership {
  /** Takes new connections. */
  SERVING,
  /** Takes no new connections because it is not healthy or not ready; keeps those that it has. */
  UNHEALTHY,
  /** Leaves: terminating, or its weight is 0. Keeps its connections for the drain timeout. */
  DRAINING,
  /** Not in the pool any more. Keeps its connections for the drain timeout. */
  GONE
}
