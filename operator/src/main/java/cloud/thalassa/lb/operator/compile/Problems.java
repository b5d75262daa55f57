package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From sentences to problems, and from problems to a verdict. */
final class Problems {
  private Problems() {}

  /** All that is wrong with one object itself, as one condition; null: nothing. */
  static @Nullable Problem invalid(List<String> sentences) {
    return sentences.isEmpty()
        ? null
        : new Problem(ConditionType.ACCEPTED, Reason.INVALID, String.join(" ", sentences));
  }

  static Verdict verdict(@Nullable Problem... problems) {
    return Verdict.of(Stream.of(problems).filter(Objects::nonNull).toList());
  }
}
