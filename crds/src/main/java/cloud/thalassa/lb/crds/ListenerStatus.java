package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ListenerStatus(
    @Nullable Long observedGeneration,
    @Nullable String address,
    @Nullable Long activeConnections,
    List<Condition> conditions) {

  public ListenerStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
