package cloud.thalassa.lb.operator.compile;

/** Where a load balancer is served. */
public enum Site {
  /** By as many pods as it asks for, each with a network of its own. */
  CLUSTER,
  /** By one process on this machine, whose loopback addresses are as good as any other. */
  DIRECTORY
}
