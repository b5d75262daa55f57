package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SubnetStatus(
    @Nullable Long observedGeneration,
    @JsonPropertyDescription("Addresses in use. Absent without addressPools.")
        @Nullable Long allocated,
    @JsonPropertyDescription(
            "Addresses of the pools that are free, at most 2147483647. Absent without"
                + " addressPools.")
        @Nullable Long available,
    @JsonPropertyDescription("Load balancers that are on it; one that is in use is not deleted.")
        @Nullable Integer loadBalancers,
    List<Condition> conditions) {

  public SubnetStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
