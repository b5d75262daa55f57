package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The protocols that a security rule is about. */
public enum RuleProtocol {
  TCP,
  UDP,
  @JsonProperty("All")
  ALL;

  public boolean covers(Protocol protocol) {
    return this == ALL || (this == TCP) == (protocol == Protocol.TCP);
  }
}
