package cloud.thalassa.lb.healthchecker.judge;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.healthchecker.judge.Pulse.Verdict;
import org.junit.jupiter.api.Test;

class PulseTest {
  private static final Pulse ALIVE = Pulse.UNKNOWN.answered(200);
  private static final Pulse DEAD = ALIVE.gone("connection refused");

  @Test
  void livesWithItsFirstAnswerThatItServes() {
    assertThat(Pulse.UNKNOWN.answered(503)).isEqualTo(Pulse.UNKNOWN);
    assertThat(ALIVE.verdict()).isEqualTo(Verdict.ALIVE);
  }

  @Test
  void whatItLacksIsNotForUsToSay() {
    assertThat(ALIVE.answered(503)).isEqualTo(ALIVE);
  }

  @Test
  void oneSignIsEnough() {
    assertThat(DEAD.verdict()).isEqualTo(Verdict.DEAD);
    assertThat(DEAD.reason()).isEqualTo("connection refused");
    assertThat(Pulse.UNKNOWN.gone("no answer").verdict()).isEqualTo(Verdict.DEAD);
  }

  @Test
  void isBackWhenItServesTwiceInARow() {
    assertThat(DEAD.answered(200).verdict()).isEqualTo(Verdict.DEAD);
    assertThat(DEAD.answered(200).answered(200)).isEqualTo(ALIVE);
    assertThat(DEAD.answered(200).answered(503).answered(200).verdict()).isEqualTo(Verdict.DEAD);
    assertThat(DEAD.answered(200).gone("again").answered(200).verdict()).isEqualTo(Verdict.DEAD);
  }

  @Test
  void isDeadForItsFirstReason() {
    assertThat(DEAD.gone("no answer within 1 s").reason()).isEqualTo("connection refused");
  }
}
