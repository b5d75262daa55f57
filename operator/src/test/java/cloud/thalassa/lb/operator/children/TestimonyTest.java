package cloud.thalassa.lb.operator.children;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.operator.children.Testimony.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestimonyTest {
  private static final Verdict ALIVE = new Verdict(null, null);
  private static final Failure FIRST = failure(0);

  @Test
  void nobodySaysAnything() {
    assertThat(Testimony.NONE.verdict(true)).isEqualTo(ALIVE);
    assertThat(says(0, 2, 0).verdict(true)).isEqualTo(ALIVE);
  }

  @Test
  void twoWhoAgreeAreEnoughAndSoIsTheOnlyOne() {
    assertThat(says(2, 2, 0).verdict(true)).isEqualTo(new Verdict(FIRST, null));
    assertThat(says(2, 5, 0).verdict(true)).isEqualTo(new Verdict(FIRST, null));
    assertThat(says(1, 1, 0).verdict(true)).isEqualTo(new Verdict(FIRST, null));
  }

  @Test
  void oneOfSeveralIsBelievedWhenNobodyObjectsInTime() {
    assertThat(says(1, 2, 0).verdict(true)).isEqualTo(new Verdict(null, Duration.ofMillis(500)));
    assertThat(says(1, 2, 400).verdict(true)).isEqualTo(new Verdict(null, Duration.ofMillis(100)));
    assertThat(says(1, 2, 500).verdict(true)).isEqualTo(new Verdict(FIRST, null));
  }

  @Test
  void whoIsOutStaysOutWithoutThatTime() {
    assertThat(says(1, 2, 0).verdict(false)).isEqualTo(new Verdict(FIRST, null));
  }

  @Test
  void whoSeesItAliveIsBelieved() {
    assertThat(says(1, 2, 500, 0).verdict(true))
        .isEqualTo(new Verdict(null, Duration.ofSeconds(3)));
    assertThat(says(2, 3, 9000, 1000).verdict(true))
        .isEqualTo(new Verdict(null, Duration.ofSeconds(2)));
    assertThat(says(1, 2, 0, 0).verdict(false).failure()).isNull();
  }

  @Test
  void anObjectionThatIsNotUpheldCountsNoMore() {
    assertThat(says(1, 2, 9000, 3000).verdict(true)).isEqualTo(new Verdict(FIRST, null));
    assertThat(says(1, 3, 9000, 3000, 2999).verdict(true).failure()).isNull();
  }

  private static Testimony says(int dead, int checkers, int claimedMillis, int... objections) {
    return new Testimony(
        IntStream.range(0, dead).mapToObj(TestimonyTest::failure).toList(),
        Duration.ofMillis(claimedMillis),
        IntStream.of(objections).mapToObj(Duration::ofMillis).toList(),
        checkers);
  }

  private static Failure failure(int number) {
    return new Failure("refused", Instant.EPOCH.plusSeconds(number));
  }
}
