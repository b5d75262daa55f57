package cloud.thalassa.lb.api.history;

import cloud.thalassa.lb.api.translate.Refusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * From when to when, in which steps.
 *
 * @param step {@code minute} or {@code hour}
 */
public record UsageQuestion(Instant from, Instant to, String step) {
  private static final Duration USUAL = Duration.ofHours(1);
  private static final Duration MINUTES = Duration.ofDays(1);
  private static final Duration HOURS = Duration.ofDays(92);

  /**
   * The question that these parameters of a URL ask.
   *
   * @param from absent: an hour before {@code to}
   * @param to absent: now
   * @param step absent: minutes, as long as there are no more than a day has
   */
  public static UsageQuestion parse(
      @Nullable String from, @Nullable String to, @Nullable String step, Instant now) {
    var end = to == null ? now : instant("to", to);
    var begin = from == null ? end.minus(USUAL) : instant("from", from);
    if (!begin.isBefore(end)) {
      throw Refusal.invalid("from", "must be before to");
    }
    var span = Duration.between(begin, end);
    var word = step == null ? (span.compareTo(MINUTES) <= 0 ? "minute" : "hour") : step;
    switch (word) {
      case "minute" -> check(span, MINUTES, "from: minutes are shown of a day at most");
      case "hour" -> check(span, HOURS, "from: hours are shown of 92 days at most");
      default -> throw Refusal.invalid("step", "must be minute or hour");
    }
    return new UsageQuestion(
        begin.truncatedTo(ChronoUnit.SECONDS), end.truncatedTo(ChronoUnit.SECONDS), word);
  }

  private static void check(Duration span, Duration most, String sentence) {
    if (span.compareTo(most) > 0) {
      var parts = sentence.split(": ", 2);
      throw Refusal.invalid(parts[0], parts[1]);
    }
  }

  private static Instant instant(String field, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw Refusal.invalid(field, "must be a time such as 2026-11-29T20:00:00Z");
    }
  }
}
