package cloud.thalassa.lb.operator.gateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import java.util.List;

/** What we read of a route. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RouteSpec(List<ParentReference> parentRefs, List<Rule> rules) {
  public RouteSpec {
    parentRefs = parentRefs == null ? List.of() : List.copyOf(parentRefs);
    rules = rules == null ? List.of() : List.copyOf(rules);
  }

  /** There is one, says the schema. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Rule(List<BackendRef> backendRefs) {
    public Rule {
      backendRefs = backendRefs == null ? List.of() : List.copyOf(backendRefs);
    }
  }
}
