package cloud.thalassa.lb.operator.announce;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.operator.announce.Ledger.Decision;
import cloud.thalassa.lb.operator.announce.Ledger.Happening;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Happening CONFLICT = new Happening("uid", "Conflicted", "Port 80 is taken");

  private final Ledger ledger = new Ledger();

  @Test
  void theSameAgainIsOneMoreOfASeries() {
    assertThat(ledger.decide(CONFLICT, "first", START)).isEqualTo(new Decision.Create());
    assertThat(ledger.decide(CONFLICT, "second", START.plusSeconds(1)))
        .isEqualTo(new Decision.Repeat("first", 2));
    assertThat(ledger.decide(CONFLICT, "third", START.plusSeconds(2)))
        .isEqualTo(new Decision.Repeat("first", 3));
  }

  @Test
  void theSameMuchLaterIsNews() {
    ledger.decide(CONFLICT, "first", START);
    assertThat(ledger.decide(CONFLICT, "second", START.plus(Ledger.SERIES)))
        .isEqualTo(new Decision.Create());
  }

  @Test
  void anotherNoteIsAnotherEvent() {
    ledger.decide(CONFLICT, "first", START);
    assertThat(ledger.decide(new Happening("uid", "Conflicted", "Port 81 is taken"), "b", START))
        .isEqualTo(new Decision.Create());
  }

  @Test
  void aLoudObjectIsHeardOnceAMinute() {
    IntStream.range(0, Ledger.BURST).forEach(i -> assertThat(note(i, START)).isNotEqualTo(drop()));
    assertThat(note(100, START.plusSeconds(59))).isEqualTo(drop());
    assertThat(note(101, START.plusSeconds(60))).isEqualTo(new Decision.Create());
    assertThat(note(102, START.plusSeconds(61))).isEqualTo(drop());
  }

  @Test
  void anObjectAtRestMayBeLoudAgain() {
    IntStream.range(0, Ledger.BURST).forEach(i -> note(i, START));
    var later = START.plus(Duration.ofHours(1));
    IntStream.range(100, 100 + Ledger.BURST)
        .forEach(i -> assertThat(note(i, later)).isEqualTo(new Decision.Create()));
    assertThat(note(200, later)).isEqualTo(drop());
  }

  @Test
  void aSeriesCountsWhatWasNotHeard() {
    ledger.decide(CONFLICT, "first", START);
    IntStream.range(0, Ledger.BURST).forEach(_ -> ledger.decide(CONFLICT, "again", START));
    assertThat(ledger.decide(CONFLICT, "again", START.plusSeconds(60)))
        .isEqualTo(new Decision.Repeat("first", Ledger.BURST + 2));
  }

  private Decision note(int number, Instant now) {
    return ledger.decide(new Happening("uid", "Invalid", "note " + number), "event", now);
  }

  private static Decision drop() {
    return new Decision.Drop();
  }
}
