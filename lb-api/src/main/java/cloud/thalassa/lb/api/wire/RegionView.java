package cloud.thalassa.lb.api.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/** A region: the cluster. */
public record RegionView(@JsonUnwrapped Head head, List<Zone> zones) {

  /** A zone of the cluster's nodes. */
  public record Zone(
      @JsonUnwrapped Head head,
      String cloudRegionIdentity,
      @JsonProperty("CloudRegion") Ref cloudRegion) {}
}
