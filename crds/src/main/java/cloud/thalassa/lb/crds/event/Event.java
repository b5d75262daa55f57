package cloud.thalassa.lb.crds.event;

import cloud.thalassa.lb.crds.HealthState;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What happened to a load balancer, or went through it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Event.Lifecycle.class, name = "lifecycle"),
  @JsonSubTypes.Type(value = Event.Health.class, name = "health"),
  @JsonSubTypes.Type(value = Event.Failover.class, name = "failover"),
  @JsonSubTypes.Type(value = Event.Usage.class, name = "usage"),
})
public sealed interface Event {
  /** {@code namespace/name}. */
  String loadBalancer();

  /**
   * A condition of the load balancer, or of one of its listeners, changed.
   *
   * @param kind {@code LoadBalancer} or {@code Listener}
   * @param object {@code namespace/name}
   * @param status {@code True}, {@code False} or {@code Unknown}
   */
  record Lifecycle(
      String loadBalancer,
      String kind,
      String object,
      String condition,
      String status,
      String reason,
      String message)
      implements Event {}

  /**
   * A target became healthy, or unhealthy.
   *
   * @param targetGroup {@code namespace/name}
   * @param reason in words
   */
  record Health(
      String loadBalancer,
      String targetGroup,
      String address,
      int port,
      HealthState state,
      String reason)
      implements Event {}

  /**
   * A replica died, and was taken out.
   *
   * @param cause a sentence
   * @param since when it was last known to live, RFC 3339
   */
  record Failover(String loadBalancer, String cause, String since) implements Event {}

  /**
   * What a replica relayed in a minute.
   *
   * @param minute since 1970; it is over
   * @param listeners those that relayed something
   */
  record Usage(String loadBalancer, long minute, List<OfListener> listeners) implements Event {
    public Usage {
      listeners = List.copyOf(listeners);
    }
  }

  /**
   * Of one listener.
   *
   * @param listener {@code namespace/name}
   * @param connections that were begun, and flows
   */
  record OfListener(String listener, long connections, long bytesToTarget, long bytesToClient) {}
}
