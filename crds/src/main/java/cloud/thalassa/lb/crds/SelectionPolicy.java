package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a target is chosen for a new connection or flow; all of them honour weights. */
public enum SelectionPolicy {
  @JsonProperty("RoundRobin")
  ROUND_ROBIN,
  @JsonProperty("Random")
  RANDOM,
  @JsonProperty("Maglev")
  MAGLEV,
  @JsonProperty("LeastConnections")
  LEAST_CONNECTIONS
}
