package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TargetGroupStatus(
    @Nullable Long observedGeneration, @Nullable Targets targets, List<Condition> conditions) {

  public TargetGroupStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  public record Targets(
      int total,
      int healthy,
      int unhealthy,
      int initial,
      int draining,
      @JsonPropertyDescription("healthy/total, for people") String summary) {}
}
