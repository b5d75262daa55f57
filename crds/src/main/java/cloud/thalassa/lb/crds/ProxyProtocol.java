package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The header that tells a target who its client is (HAProxy's PROXY protocol, versions 1 and 2).
 */
public enum ProxyProtocol {
  @JsonProperty("None")
  NONE,
  V1,
  V2
}
