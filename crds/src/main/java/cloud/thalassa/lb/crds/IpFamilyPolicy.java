package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** As {@code Service.spec.ipFamilyPolicy}. */
public enum IpFamilyPolicy {
  @JsonProperty("SingleStack")
  SINGLE_STACK,
  @JsonProperty("PreferDualStack")
  PREFER_DUAL_STACK,
  @JsonProperty("RequireDualStack")
  REQUIRE_DUAL_STACK
}
