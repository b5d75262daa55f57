package cloud.thalassa.lb.healthchecker.probe;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the first line of an HTTP/1 answer, and never holds more than {@link #LIMIT} bytes. */
final class StatusLine {
  static final int LIMIT = 1024;

  private static final Pattern SHAPE =
      Pattern.compile("HTTP/1\\.[0-9] ([1-5][0-9][0-9])( .*)?", Pattern.DOTALL);

  private final ExpectedStatuses expected;
  private final byte[] line = new byte[LIMIT];
  private int length;

  StatusLine(ExpectedStatuses expected) {
    this.expected = expected;
  }

  /** Takes the next bytes; a result as soon as there is one. What follows the line is ignored. */
  Optional<ProbeResult> read(byte[] bytes) {
    for (var b : bytes) {
      if (b == '\n') {
        return Optional.of(judge());
      }
      if (length == LIMIT) {
        return Optional.of(malformed("its first line is longer than " + LIMIT + " bytes"));
      }
      line[length++] = b;
    }
    return Optional.empty();
  }

  private ProbeResult judge() {
    var text = new String(line, 0, length, StandardCharsets.ISO_8859_1).stripTrailing();
    var shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      return malformed("it does not begin with HTTP/1");
    }
    var status = Integer.parseInt(shape.group(1));
    return expected.contain(status)
        ? new ProbeResult(Outcome.PASSED, "HTTP " + status)
        : new ProbeResult(Outcome.UNEXPECTED_STATUS, "HTTP " + status + ", expected " + expected);
  }

  private static ProbeResult malformed(String why) {
    return new ProbeResult(Outcome.MALFORMED, "not an HTTP answer: " + why);
  }
}
