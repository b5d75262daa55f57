package cloud.thalassa.lb.operator.front;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the annotations of a Service, and some of them on a Gateway, can say about the load
 * balancer: those of Thalassa Cloud's cloud controller manager, and more in the same style.
 */
public enum Annotation {
  SUBNET("subnet", Bearing.PLACE),
  TYPE("type", Bearing.TUNING),
  INTERNAL("internal", Bearing.PLACE),
  SCHEME("scheme", Bearing.PLACE),
  RESERVED_IP("reserved-ip", Bearing.PLACE),
  SECURITY_GROUPS("security-groups", Bearing.ACCESS),
  CREATE_SECURITY_GROUP("create-security-group", Bearing.ACCESS),
  ACL_ALLOWED_SOURCES("acl-allowed-sources", Bearing.ACCESS),
  ACL_MODE("acl-mode", Bearing.ACCESS),
  LOADBALANCING_POLICY("loadbalancing-policy", Bearing.TUNING),
  ENABLE_PROXY_PROTOCOL("enable-proxy-protocol", Bearing.TUNING),
  PROXY_PROTOCOL_VERSION("proxy-protocol-version", Bearing.TUNING),
  IDLE_CONNECTION_TIMEOUT("idle-connection-timeout", Bearing.TUNING),
  UDP_IDLE_TIMEOUT("udp-idle-timeout", Bearing.TUNING),
  MAX_CONNECTIONS("max-connections", Bearing.TUNING),
  MAX_CONNECTIONS_PER_SOURCE("max-connections-per-source", Bearing.TUNING),
  NEW_CONNECTIONS_PER_SOURCE("new-connections-per-source", Bearing.TUNING),
  DRAIN_TIMEOUT("drain-timeout", Bearing.TUNING),
  SLOW_START("slow-start", Bearing.TUNING),
  TARGET_WEIGHTS("target-weights", Bearing.TUNING),
  REPLICAS("replicas", Bearing.TUNING),
  HEALTH_CHECK_ENABLED("health-check-enabled", Bearing.TUNING),
  HEALTH_CHECK_PORT("health-check-port", Bearing.TUNING),
  HEALTH_CHECK_PROTOCOL("health-check-protocol", Bearing.TUNING),
  HEALTH_CHECK_PATH("health-check-path", Bearing.TUNING),
  HEALTH_CHECK_INTERVAL("health-check-interval", Bearing.TUNING),
  HEALTH_CHECK_TIMEOUT("health-check-timeout", Bearing.TUNING),
  HEALTH_CHECK_UP_THRESHOLD("health-check-up-threshold", Bearing.TUNING),
  HEALTH_CHECK_DOWN_THRESHOLD("health-check-down-threshold", Bearing.TUNING);

  public static final String PREFIX = "loadbalancer.k8s.thalassa.cloud/";

  /** Followed by the name or the number of a port. */
  public static final String ACL_PORT = "acl-port-";

  /** What an annotation is about, and so what it costs when nobody knows what it says. */
  public enum Bearing {
    /** Where the load balancer is: without it none is made, and one that exists stays. */
    PLACE,
    /** Who may come in: without it nobody does. */
    ACCESS,
    /** Everything else has a default. */
    TUNING
  }

  private final String word;
  private final Bearing bearing;

  Annotation(String word, Bearing bearing) {
    this.word = word;
    this.bearing = bearing;
  }

  public Bearing bearing() {
    return bearing;
  }

  static @Nullable Annotation of(String word) {
    return Arrays.stream(values()).filter(it -> it.word.equals(word)).findFirst().orElse(null);
  }

  /** As users write it, without {@link #PREFIX}. */
  @Override
  public String toString() {
    return word;
  }
}
