package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecurityGroupStatus(
    @Nullable Long observedGeneration,
    @Nullable Integer rules,
    @Nullable Users loadBalancers,
    List<Condition> conditions) {

  public SecurityGroupStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** The load balancers that attach the group. */
  public record Users(
      int total, @JsonPropertyDescription("The first of them by name") List<String> names) {
    public Users {
      names = names == null ? List.of() : List.copyOf(names);
    }
  }
}
