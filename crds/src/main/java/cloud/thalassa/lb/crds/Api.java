package cloud.thalassa.lb.crds;

/** Names on the Kubernetes wire that more than one process relies on. */
public final class Api {
  public static final String GROUP = "lb.thalassa.cloud";
  public static final String VERSION = "v1alpha1";
  public static final String API_VERSION = GROUP + "/" + VERSION;

  /**
   * Field manager and {@code endpointslice.kubernetes.io/managed-by} of everything the operator
   * writes.
   */
  public static final String OPERATOR = "operator.lb.thalassa.cloud";

  /**
   * On every document of a load balancer; the documents lie in the load balancer's own namespace.
   */
  public static final String LOAD_BALANCER_LABEL = GROUP + "/load-balancer";

  /** On the slices that hold the members of a target group: its name. */
  public static final String TARGET_GROUP_LABEL = GROUP + "/target-group";

  /** Beside {@link #TARGET_GROUP_LABEL}: the target group's namespace. */
  public static final String TARGET_GROUP_NAMESPACE_LABEL = GROUP + "/target-group-namespace";

  /** Annotation of a members slice: the weight of all its endpoints, 0..256. Absent: 1. */
  public static final String WEIGHT_ANNOTATION = GROUP + "/weight";

  /** Name of the slice port that takes traffic. */
  public static final String TARGET_PORT = "target";

  /** Name of the slice port that is probed; absent: {@link #TARGET_PORT}. */
  public static final String HEALTH_PORT = "health";

  private Api() {}
}
