package cloud.thalassa.lb.crds;

/** Names on the Kubernetes wire that more than one process relies on. */
public final class Api {
  public static final String GROUP = "lb.thalassa.cloud";
  public static final String VERSION = "v1alpha1";
  public static final String API_VERSION = GROUP + "/" + VERSION;

  /** Field manager of everything the operator writes, and {@link #MANAGED_BY_LABEL} of slices. */
  public static final String OPERATOR = "operator.lb.thalassa.cloud";

  /**
   * On every EndpointSlice. Only slices with {@link #OPERATOR} are ours: Kubernetes copies all
   * other labels of a tenant's Service to the slices that it makes for it.
   */
  public static final String MANAGED_BY_LABEL = "endpointslice.kubernetes.io/managed-by";

  /**
   * On every document of a load balancer; the documents lie in the load balancer's own namespace.
   */
  public static final String LOAD_BALANCER_LABEL = GROUP + "/load-balancer";

  /** With the value {@link #DATAPLANE} and {@link #LOAD_BALANCER_LABEL}: a replica. */
  public static final String COMPONENT_LABEL = "app.kubernetes.io/component";

  public static final String DATAPLANE = "dataplane";

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

  /**
   * On the slices that hold the replicas of a load balancer for those who watch over them: {@code
   * true}.
   */
  public static final String REPLICAS_LABEL = GROUP + "/replicas";

  /** Name of the port of a replica, of its pod and of its slice, that answers for its health. */
  public static final String MANAGEMENT_PORT = "management";

  /** On that port: 200 while the replica takes connections, else 503. */
  public static final String SERVING_PATH = "/serving";

  /** {@code loadBalancerClass} of Services whose address is one of our pools. */
  public static final String ADDRESS_POOL_CLASS = GROUP + "/address-pool";

  /** {@code loadBalancerClass} of Services that ask us for a load balancer. */
  public static final String LOAD_BALANCER_CLASS = GROUP + "/loadbalancer";

  /** On the objects that are made for such a Service: its name. */
  public static final String SERVICE_LABEL = GROUP + "/service";

  /** {@code controllerName} of GatewayClasses whose Gateways ask us for a load balancer. */
  public static final String GATEWAY_CONTROLLER = GROUP + "/gateway-controller";

  /** On the objects that are made for such a Gateway: its name. */
  public static final String GATEWAY_LABEL = GROUP + "/gateway";

  /** On the TargetGroups that are made for a Service to which a Gateway's routes lead: its name. */
  public static final String BACKEND_LABEL = GROUP + "/backend";

  private Api() {}
}
