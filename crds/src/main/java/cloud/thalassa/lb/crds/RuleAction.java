package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a security rule decides about whom it matches. */
public enum RuleAction {
  @JsonProperty("Allow")
  ALLOW,
  @JsonProperty("Deny")
  DENY
}
