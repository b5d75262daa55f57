package cloud.thalassa.lb.kubectl.view;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object at a glance.
 *
 * @param word {@code Ready}, or the reason why it is not
 * @param message that reason as a sentence
 */
record State(String word, @Nullable String message) {
  private static final String READY = "Ready";

  static State of(ObjectMeta metadata, List<Condition> conditions) {
    if (metadata.getDeletionTimestamp() != null) {
      return new State("Deleting", "It was deleted, and is being cleared away.");
    }
    return condition(conditions, READY)
        .map(it -> "True".equals(it.getStatus()) ? new State(READY, null) : why(it))
        .orElseGet(() -> new State("Pending", "The operator has not seen it yet."));
  }

  private static State why(Condition condition) {
    return new State(condition.getReason(), condition.getMessage());
  }

  static Optional<Condition> condition(List<Condition> conditions, String type) {
    return conditions.stream().filter(it -> type.equals(it.getType())).findFirst();
  }
}
