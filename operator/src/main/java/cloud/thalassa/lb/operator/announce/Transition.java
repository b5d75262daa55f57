package cloud.thalassa.lb.operator.announce;

import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A condition that changed in a way that its owner should hear about. */
record Transition(boolean bad, String condition, String reason, String message) {
  /** Sums up the others. */
  private static final String SUMMARY = ConditionType.READY.toString();

  /** Where everything begins; worth a word only when something better was lost. */
  private static final Set<String> BEGINNINGS =
      Stream.of(
              Reason.PENDING,
              Reason.NO_REPLICAS,
              Reason.ADDRESS_NOT_ASSIGNED,
              Reason.HEALTH_UNKNOWN,
              Reason.NOT_REFERENCED,
              Reason.NO_TARGETS)
          .map(Reason::toString)
          .collect(Collectors.toUnmodifiableSet());

  /** Every rolling update passes through it, target by target. */
  private static final String USUAL = Reason.SOME_UNHEALTHY.toString();

  static List<Transition> between(List<Condition> before, List<Condition> after) {
    var transitions = new ArrayList<Transition>();
    for (var now : after) {
      var earlier = find(before, now.getType());
      if (SUMMARY.equals(now.getType()) || same(earlier, now)) {
        continue;
      }
      if (bad(now) && (good(earlier) || !BEGINNINGS.contains(now.getReason()))) {
        transitions.add(of(true, now));
      } else if (good(now) && bad(earlier)) {
        transitions.add(of(false, now));
      }
    }
    return transitions;
  }

  private static boolean good(@Nullable Condition condition) {
    return is(condition, "True") || (condition != null && usual(condition));
  }

  private static boolean bad(@Nullable Condition condition) {
    return condition != null && is(condition, "False") && !usual(condition);
  }

  private static boolean usual(Condition condition) {
    return USUAL.equals(condition.getReason());
  }

  private static Transition of(boolean bad, Condition now) {
    return new Transition(bad, now.getType(), now.getReason(), now.getMessage());
  }

  private static @Nullable Condition find(List<Condition> conditions, String type) {
    return conditions.stream().filter(c -> type.equals(c.getType())).findFirst().orElse(null);
  }

  private static boolean same(@Nullable Condition earlier, Condition now) {
    return earlier != null
        && now.getStatus().equals(earlier.getStatus())
        && now.getReason().equals(earlier.getReason());
  }

  private static boolean is(@Nullable Condition condition, String status) {
    return condition != null && status.equals(condition.getStatus());
  }
}
