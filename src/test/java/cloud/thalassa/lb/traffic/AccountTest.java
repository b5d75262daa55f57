package cloud.thalassa.lb.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What counts, and for which time. */
class AccountTest {
  private final Seen seen = new Seen();

  private static Instant at(long millis) {
    return Instant.EPOCH.plusMillis(millis);
  }

  private void line(String text) {
    seen.add(text.split(" "));
  }

  private Account from(long from, long to) {
    return new Account(seen, new Span(at(from), at(to)));
  }

  @Test
  void aNewConnectionCountsWhenItBegan() {
    line("new 999000 100 3000 refused - -");
    line("new 1000000 100 500 ok 10.0.0.1 a");
    line("new 1250000 100 100 refused - -");
    line("new 1500000 3000000 3000000 timeout - -");
    line("new 2000000 100 500 ok 10.0.0.1 a");
    var account = from(1000, 2000);
    assertThat(account.opened()).isEqualTo(3);
    assertThat(account.outcomes()).containsOnly(entry("refused"), entry("timeout"));
    assertThat(account.untilServed(at(1100))).isEqualTo(Duration.ofMillis(400));
    assertThat(account.timeline(at(1100)))
        .containsExactly("+150 ms: 1 refused", "+400 ms: 1 timeout");
  }

  private static java.util.Map.Entry<String, Long> entry(String outcome) {
    return java.util.Map.entry(outcome, 1L);
  }

  @Test
  void nothingFailedMeansServedAtOnce() {
    line("new 1000000 100 500 ok 10.0.0.1 a");
    assertThat(from(1000, 2000).untilServed(at(1000))).isEqualTo(Duration.ZERO);
  }

  @Test
  void whatTheEventCaughtUnderWayIsNotANewConnectionAfterIt() {
    line("new 999000 100 3000 reset 10.0.0.1 a");
    line("new 990000 100 3000 reset 10.0.0.1 a");
    assertThat(from(1000, 2000).failed()).isEmpty();
    assertThat(from(1000, 2000).caught(at(1000))).hasSize(1);
  }

  @Test
  void aLostFirstPacketIsSeenThoughTheConnectionSucceeds() {
    line("new 1000000 1010000 1020000 ok 10.0.0.1 a");
    line("new 1100000 1000 2000 ok 10.0.0.1 a");
    var account = from(1000, 2000);
    assertThat(account.slow()).hasSize(1);
    assertThat(account.took(0.5)).isEqualTo(Duration.ofMillis(2));
    assertThat(account.took(0.99)).isEqualTo(Duration.ofMillis(1020));
    assertThat(account.gap()).isEqualTo(Duration.ofMillis(900));
  }

  @Test
  void cutsAreCountedBesidesThoseOfTheLostReplica() {
    line("cut 1100000 0 reset 10.0.0.1 a");
    line("cut 1200000 0 reset 10.0.0.2 a");
    line("cut 2200000 0 reset 10.0.0.2 a");
    var account = from(1000, 2000);
    assertThat(account.cuts()).hasSize(2);
    assertThat(account.cutsBesides(Set.of("10.0.0.1"))).hasSize(1);
    assertThat(account.cutsBesides(Set.of("a"))).as("of the target").isEmpty();
  }

  @Test
  void silenceIsTheLongestRowOfLostDatagramsOfOneFlow() {
    for (var millis = 1000; millis < 1500; millis += 100) {
      line("lost %d000 7 10.0.0.1".formatted(millis));
    }
    line("lost 1000000 8 10.0.0.1");
    line("lost 1900000 8 10.0.0.1");
    line("moved 1550000 7 10.0.0.1 10.0.0.2");
    var account = from(1000, 2000);
    assertThat(account.lost()).isEqualTo(7);
    assertThat(account.silence()).isEqualTo(Duration.of(500, ChronoUnit.MILLIS));
    assertThat(account.flowsMoved()).isEqualTo(1);
  }

  @Test
  void itKnowsWhenTheMachineDidNotRunTheClients() {
    line("late 1000000 25000");
    line("late 1100000 12000");
    line("tick 1000000 999 1 2 3");
    line("tick 1500000 1000 1 2 3");
    assertThat(from(1000, 2000).late()).isEqualTo(Duration.ofMillis(25));
    assertThat(from(1000, 2000).lasting()).isEqualTo(999);
  }
}
