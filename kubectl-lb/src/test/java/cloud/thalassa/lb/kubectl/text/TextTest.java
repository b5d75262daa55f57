package cloud.thalassa.lb.kubectl.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
  private static final Instant NOW = Instant.parse("2026-11-29T20:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-11-29T20:00:00Z, 0s",
    "2026-11-29T19:58:01Z, 119s",
    "2026-11-29T19:58:00Z, 2m",
    "2026-11-29T19:57:30.500Z, 2m29s",
    "2026-11-29T18:00:00Z, 120m",
    "2026-11-29T16:30:00Z, 3h30m",
    "2026-11-28T20:00:00Z, 24h",
    "2026-11-20T20:00:00+00:00, 9d",
    "2026-11-29T20:00:07Z, 0s",
    "yesterday, -"
  })
  void ages(String time, String words) {
    assertThat(Ago.of(time, NOW)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1, 1.00 B",
    "999, 999 B",
    "999.6, 1.00 kB",
    "12345, 12.3 kB",
    "1234567, 1.23 MB",
    "5e15, 5000 TB"
  })
  void bytes(double bytes, String words) {
    assertThat(Amount.bytes(bytes)).isEqualTo(words);
  }

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    var table = new Table("NAME", "STATE");
    table.row("a-long-name", "Ready");
    table.row("b", "");
    assertThat(table.text("  "))
        .isEqualTo("  NAME          STATE\n  a-long-name   Ready\n  b             -\n");
  }

  @Test
  void nobodyElseSteersTheTerminal() {
    var table = new Table("MESSAGE");
    table.row("red \u001b[31m\nand a line");
    assertThat(table.toString()).isEqualTo("MESSAGE\nred  [31m and a line\n");
  }
}
