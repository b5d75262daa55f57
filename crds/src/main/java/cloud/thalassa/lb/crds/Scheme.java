package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a load balancer is reachable from. */
public enum Scheme {
  @JsonProperty("External")
  EXTERNAL,
  @JsonProperty("Internal")
  INTERNAL
}
