package cloud.thalassa.lb.operator.compile;

import java.util.List;

/** What compile thinks of one object. */
public sealed interface Verdict {
  /**
   * The object is in service as far as it is up to itself, but for the parts that these problems
   * are about: at most one per condition.
   */
  record Accepted(List<Problem> problems) implements Verdict {
    public Accepted {
      problems = List.copyOf(problems);
    }

    public Accepted() {
      this(List.of());
    }
  }

  /**
   * The object is not in service, because of these problems: at least one, at most one per
   * condition, in the order of the conditions.
   */
  record Refused(List<Problem> problems) implements Verdict {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /** A condition that is not met; the message names the field and says what would be right. */
  record Problem(ConditionType condition, Reason reason, String message) {}

  static Verdict of(List<Problem> problems) {
    return problems.isEmpty() ? new Accepted() : new Refused(problems);
  }

  default boolean accepted() {
    return this instanceof Accepted;
  }

  List<Problem> problems();
}
