package cloud.thalassa.lb.operator.directory;

import cloud.thalassa.lb.crds.manifest.Finding;
import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What an API server would have answered at once has to be said in the status. */
final class Refusal {
  private Refusal() {}

  /**
   * The conditions of an object whose newest version is not valid.
   *
   * @param computed of the version that stays in service; empty: there is none
   * @param previous as they were, for their times
   */
  static List<Condition> conditions(
      Finding finding, List<Condition> computed, List<Condition> previous, Instant now) {
    var conditions = new ArrayList<Condition>();
    conditions.add(condition(ConditionType.ACCEPTED, finding, computed, previous, now));
    for (var condition : computed) {
      if (!is(condition, ConditionType.ACCEPTED) && !is(condition, ConditionType.READY)) {
        conditions.add(condition);
      }
    }
    conditions.add(condition(ConditionType.READY, finding, computed, previous, now));
    return conditions;
  }

  private static Condition condition(
      ConditionType type,
      Finding finding,
      List<Condition> computed,
      List<Condition> previous,
      Instant now) {
    var place = finding.file() + ":" + finding.position().line() + ": ";
    var field = finding.path().isEmpty() ? "" : finding.path() + ": ";
    var service = computed.isEmpty() ? "" : "; the last valid version stays in service";
    var since =
        previous.stream()
            .filter(was -> is(was, type) && "False".equals(was.getStatus()))
            .map(Condition::getLastTransitionTime)
            .findFirst()
            .orElse(now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new ConditionBuilder()
        .withType(type.toString())
        .withStatus("False")
        .withReason(Reason.INVALID.toString())
        .withMessage(place + field + finding.sentence() + service)
        .withLastTransitionTime(since)
        .build();
  }

  private static boolean is(Condition condition, ConditionType type) {
    return type.toString().equals(condition.getType());
  }
}
