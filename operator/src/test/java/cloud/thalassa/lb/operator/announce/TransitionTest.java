package cloud.thalassa.lb.operator.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionTest {
  @Test
  void aRefusalIsBadFromTheBeginning() {
    assertThat(between(List.of(), condition("Accepted", "False", "Conflicted")))
        .containsExactly(new Transition(true, "Accepted", "Conflicted", "Conflicted."));
  }

  @Test
  void whereEverythingBeginsIsNoNews() {
    assertThat(between(List.of(), condition("Programmed", "False", "NoReplicas"))).isEmpty();
    assertThat(between(List.of(), condition("Programmed", "Unknown", "Pending"))).isEmpty();
    assertThat(between(List.of(), condition("Accepted", "True", "Accepted"))).isEmpty();
  }

  @Test
  void whatWasGoodAndIsLostIsBad() {
    assertThat(
            between(
                List.of(condition("Programmed", "True", "Programmed")),
                condition("Programmed", "False", "NoReplicas")))
        .containsExactly(new Transition(true, "Programmed", "NoReplicas", "NoReplicas."));
  }

  @Test
  void whatBecomesGoodAgainIsGood() {
    assertThat(
            between(
                List.of(condition("ResolvedRefs", "False", "TargetGroupNotFound")),
                condition("ResolvedRefs", "True", "ResolvedRefs")))
        .containsExactly(new Transition(false, "ResolvedRefs", "ResolvedRefs", "ResolvedRefs."));
  }

  @Test
  void anotherReasonIsNewsAndAnotherMessageIsNot() {
    var before = condition("Accepted", "False", "Conflicted");
    assertThat(between(List.of(before), condition("Accepted", "False", "LimitExceeded")))
        .hasSize(1);
    var reworded = condition("Accepted", "False", "Conflicted");
    reworded.setMessage("Other words.");
    assertThat(between(List.of(before), reworded)).isEmpty();
  }

  @Test
  void aRollingUpdateIsNoNews() {
    var all = condition("TargetsHealthy", "True", "AllHealthy");
    var some = condition("TargetsHealthy", "False", "SomeUnhealthy");
    assertThat(between(List.of(all), some)).isEmpty();
    assertThat(between(List.of(some), all)).isEmpty();
    assertThat(between(List.of(), some)).isEmpty();
  }

  @Test
  void thatNobodyServesIsNewsAndThatSomebodyDoesAgain() {
    var some = condition("TargetsHealthy", "False", "SomeUnhealthy");
    var none = condition("TargetsHealthy", "False", "NoneHealthy");
    assertThat(between(List.of(some), none))
        .containsExactly(new Transition(true, "TargetsHealthy", "NoneHealthy", "NoneHealthy."));
    assertThat(between(List.of(none), some))
        .containsExactly(
            new Transition(false, "TargetsHealthy", "SomeUnhealthy", "SomeUnhealthy."));
  }

  @Test
  void theSummaryIsLeftToItsParts() {
    assertThat(between(List.of(), condition("Ready", "False", "Conflicted"))).isEmpty();
  }

  private static List<Transition> between(List<Condition> before, Condition after) {
    return Transition.between(before, List.of(after));
  }

  private static Condition condition(String type, String status, String reason) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(reason + ".")
        .build();
  }
}
