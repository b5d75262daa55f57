package cloud.thalassa.lb.operator.status;

import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Reason;
import cloud.thalassa.lb.operator.compile.Verdict;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of one object, in the making. */
public final class Conditions {
  private final @Nullable Long generation;
  private final List<Condition> previous;
  private final String now;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Condition> conditions = new ArrayList<>();
  private @Nullable Finding stalled;

  public Conditions(@Nullable Long generation, List<Condition> previous, Instant now) {
    this.generation = generation;
    this.previous = previous;
    this.now = now.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Holds unless the verdict names a problem with it. */
  public Conditions verdict(ConditionType type, Verdict verdict, Reason reason, String message) {
    return add(
        verdict.problems().stream()
            .filter(problem -> problem.condition() == type)
            .findFirst()
            .map(problem -> Finding.no(problem.reason(), problem.message()))
            .orElse(Finding.yes(reason, message)),
        type);
  }

  public Conditions add(Finding finding, ConditionType type) {
    findings.add(finding);
    conditions.add(condition(finding, type));
    if (type == ConditionType.ACCEPTED && finding.reason() == Reason.INVALID) {
      stalled = new Finding("True", Reason.INVALID, finding.message());
    }
    return this;
  }

  private Condition condition(Finding finding, ConditionType type) {
    return new ConditionBuilder()
        .withType(type.toString())
        .withStatus(finding.status())
        .withReason(finding.reason().toString())
        .withMessage(Presentable.of(finding.message()))
        .withObservedGeneration(generation)
        .withLastTransitionTime(since(type, finding.status()))
        .build();
  }

  /** Ready is all of the others, with the first reason that is not. */
  public List<Condition> withReady(String message) {
    add(
        findings.stream()
            .filter(finding -> !finding.holds())
            .findFirst()
            .map(finding -> Finding.no(finding.reason(), finding.message()))
            .orElse(Finding.yes(Reason.READY, message)),
        ConditionType.READY);
    return list();
  }

  /**
   * All of them. Stalled is there only where waiting is in vain, because the object itself has to
   * be changed; of what depends on other objects, which may yet come, it says nothing.
   */
  public List<Condition> list() {
    var all = new ArrayList<>(conditions);
    if (stalled != null) {
      all.add(condition(stalled, ConditionType.STALLED));
    }
    return all;
  }

  private String since(ConditionType type, String status) {
    for (var condition : previous) {
      if (type.toString().equals(condition.getType())
          && status.equals(condition.getStatus())
          && condition.getLastTransitionTime() != null) {
        return condition.getLastTransitionTime();
      }
    }
    return now;
  }
}
