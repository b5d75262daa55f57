package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to new connections when no target of a group is healthy. */
public enum WhenNoneHealthy {
  /** Use every target that is not draining. */
  @JsonProperty("FailOpen")
  FAIL_OPEN,
  @JsonProperty("Refuse")
  REFUSE
}
