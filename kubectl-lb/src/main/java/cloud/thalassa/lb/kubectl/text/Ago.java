package cloud.thalassa.lb.kubectl.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** How long ago something was, as kubectl says it. */
public final class Ago {
  private static final String UNKNOWN = "-";

  private Ago() {}

  /**
   * Such as {@code 5m}.
   *
   * @param time RFC 3339
   */
  public static String of(@Nullable String time, Instant now) {
    var instant = instant(time);
    return instant == null ? UNKNOWN : words(Duration.between(instant, now));
  }

  /** Null: it is no time. */
  public static @Nullable Instant instant(@Nullable String time) {
    try {
      return time == null ? null : OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static String words(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 600) {
      return two(seconds / 60, "m", seconds % 60, "s");
    }
    if (seconds < 3 * 3600) {
      return seconds / 60 + "m";
    }
    if (seconds < 8 * 3600) {
      return two(seconds / 3600, "h", seconds / 60 % 60, "m");
    }
    if (seconds < 48 * 3600) {
      return seconds / 3600 + "h";
    }
    return seconds / 86400 + "d";
  }

  private static String two(long one, String unit, long rest, String smaller) {
    return one + unit + (rest == 0 ? "" : rest + smaller);
  }
}
