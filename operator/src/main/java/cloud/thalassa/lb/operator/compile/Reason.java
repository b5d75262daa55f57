package cloud.thalassa.lb.operator.compile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The closed set of reasons that conditions give. */
public enum Reason {
  ACCEPTED("Accepted"),
  INVALID("Invalid"),
  CONFLICTED("Conflicted"),
  LIMIT_EXCEEDED("LimitExceeded"),
  SUBNET_NOT_FOUND("SubnetNotFound"),
  SUBNET_NOT_ALLOWED("SubnetNotAllowed"),
  LOAD_BALANCER_NOT_FOUND("LoadBalancerNotFound"),
  NOT_ALLOWED_BY_GRANT("NotAllowedByGrant"),

  RESOLVED_REFS("ResolvedRefs"),
  TARGET_GROUP_NOT_FOUND("TargetGroupNotFound"),
  REF_NOT_PERMITTED("RefNotPermitted"),
  PROTOCOL_MISMATCH("ProtocolMismatch"),
  SECURITY_GROUP_NOT_FOUND("SecurityGroupNotFound"),

  PROGRAMMED("Programmed"),
  PENDING("Pending"),
  NO_REPLICAS("NoReplicas"),
  ADDRESS_NOT_ASSIGNED("AddressNotAssigned"),
  ADDRESS_NOT_AVAILABLE("AddressNotAvailable"),
  PORT_UNAVAILABLE("PortUnavailable"),
  DOCUMENT_REFUSED("DocumentRefused"),
  REFUSED_BY_API_SERVER("RefusedByApiServer"),

  READY("Ready"),

  ADDRESSES_IN_POOLS("AddressesInPools"),
  ADDRESSES_OUTSIDE_POOLS("AddressesOutsidePools"),
  ADDRESSES_AVAILABLE("AddressesAvailable"),
  NO_ADDRESSES_AVAILABLE("NoAddressesAvailable"),

  ALL_HEALTHY("AllHealthy"),
  SOME_UNHEALTHY("SomeUnhealthy"),
  NONE_HEALTHY("NoneHealthy"),
  NO_TARGETS("NoTargets"),
  HEALTH_UNKNOWN("HealthUnknown"),
  NOT_REFERENCED("NotReferenced"),

  ALL_EFFECTIVE("AllEffective"),
  NOT_IN_EFFECT("NotInEffect"),
  SHADOWED("Shadowed"),

  // of the Gateway API
  UNSUPPORTED_ADDRESS("UnsupportedAddress"),
  INVALID_PARAMETERS("InvalidParameters"),
  LISTENERS_NOT_VALID("ListenersNotValid"),
  ADDRESS_NOT_USABLE("AddressNotUsable"),
  UNSUPPORTED_PROTOCOL("UnsupportedProtocol"),
  INVALID_ROUTE_KINDS("InvalidRouteKinds"),
  NO_CONFLICTS("NoConflicts"),
  PROTOCOL_CONFLICT("ProtocolConflict"),
  NO_MATCHING_PARENT("NoMatchingParent"),
  NOT_ALLOWED_BY_LISTENERS("NotAllowedByListeners"),
  BACKEND_NOT_FOUND("BackendNotFound"),
  INVALID_KIND("InvalidKind");

  private final String wire;

  Reason(String wire) {
    this.wire = wire;
  }

  /** The reason that Kubernetes spells so; null: there is none. */
  public static @Nullable Reason of(String wire) {
    return Arrays.stream(values()).filter(it -> it.wire.equals(wire)).findFirst().orElse(null);
  }

  /** As Kubernetes spells it. */
  @Override
  public String toString() {
    return wire;
  }
}
