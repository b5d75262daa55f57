package cloud.thalassa.lb.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  @Test
  void numbersHaveThreeDigitsThatMeanSomething() {
    assertThat(Words.number(0)).isEqualTo("0");
    assertThat(Words.number(1.234)).isEqualTo("1.23");
    assertThat(Words.number(12.34)).isEqualTo("12.3");
    assertThat(Words.number(1234)).isEqualTo("1,234");
    assertThat(Words.milliseconds(999)).isEqualTo("999 ms");
    assertThat(Words.milliseconds(3842)).isEqualTo("3.84 s");
    assertThat(Words.bytes(999.6)).isEqualTo("1.00 kB");
    assertThat(Words.bytesPerSecond(3_400_000)).isEqualTo("3.40 MB/s");
  }

  @Test
  void timesAreAges() {
    assertThat(Words.ago("2026-11-30T11:59:00Z", NOW)).isEqualTo("60 s ago");
    assertThat(Words.ago("2026-11-30T11:00:00+00:00", NOW)).isEqualTo("60 min ago");
    assertThat(Words.age("2026-11-29T12:00:00Z", NOW)).isEqualTo("24 h");
    assertThat(Words.age("2026-11-20T12:00:00Z", NOW)).isEqualTo("10 d");
    assertThat(Words.age("2026-11-30T12:00:05Z", NOW)).isEqualTo("0 s");
    assertThat(Words.ago("yesterday", NOW)).isEmpty();
    assertThat(Words.ago(null, NOW)).isEmpty();
  }
}
