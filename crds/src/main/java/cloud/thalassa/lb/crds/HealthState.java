package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a health checker thinks of a target. */
public enum HealthState {
  /** No verdict yet: serves only when the group fails open. */
  @JsonProperty("Initial")
  INITIAL,
  @JsonProperty("Healthy")
  HEALTHY,
  @JsonProperty("Unhealthy")
  UNHEALTHY
}
