package cloud.thalassa.lb.dataplane.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FarewellTest {
  private static final long BEGUN = -500; // as good as any moment of a nano clock
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Farewell farewell = new Farewell(Duration.ofSeconds(2), Duration.ofSeconds(15));

  @Test
  void isOverWhenNobodyCameForAWhile() {
    assertThat(farewell.over(BEGUN, BEGUN, BEGUN + 2 * SECOND - 1)).isFalse();
    assertThat(farewell.over(BEGUN, BEGUN, BEGUN + 2 * SECOND)).isTrue();
  }

  @Test
  void goesOnWithEveryoneWhoComes() {
    var late = BEGUN + 5 * SECOND;
    assertThat(farewell.over(BEGUN, late, late + SECOND)).isFalse();
    assertThat(farewell.over(BEGUN, late, late + 2 * SECOND)).isTrue();
  }

  @Test
  void doesNotGoOnForEver() {
    var late = BEGUN + 15 * SECOND;
    assertThat(farewell.over(BEGUN, late - 1, late - 1)).isFalse();
    assertThat(farewell.over(BEGUN, late, late)).isTrue();
  }

  @Test
  void isOverAtOnceWhereNobodyHasToHearOfIt() {
    assertThat(Farewell.NONE.over(BEGUN, BEGUN, BEGUN)).isTrue();
  }
}
