package cloud.thalassa.lb.api.console;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers and times, as people read them. */
final class Words {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

  private Words() {}

  static String bytes(double bytes) {
    int unit = 0;
    double rest = bytes;
    while (rest >= 999.5 && unit < UNITS.length - 1) {
      rest /= 1000;
      unit++;
    }
    return number(rest) + " " + UNITS[unit];
  }

  static String bytesPerSecond(double bytes) {
    return bytes(bytes) + "/s";
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Three digits that mean something. */
  static String number(double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e9) {
      return number((long) number);
    }
    return String.format(
        Locale.ROOT, number < 9.995 ? "%.2f" : number < 99.95 ? "%.1f" : "%,.0f", number);
  }

  static String milliseconds(long milliseconds) {
    return milliseconds < 1000 ? milliseconds + " ms" : number(milliseconds / 1000.0) + " s";
  }

  /** Such as {@code 5 min}; empty: it is no time. */
  static String age(@Nullable String time, Instant now) {
    var since = instant(time);
    if (since == null) {
      return "";
    }
    return age(Duration.between(since, now));
  }

  static String age(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 90) {
      return seconds + " s";
    }
    if (seconds < 90 * 60) {
      return seconds / 60 + " min";
    }
    return seconds < 48 * 3600 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
  }

  static String ago(@Nullable String time, Instant now) {
    var age = age(time, now);
    return age.isEmpty() ? "" : age + " ago";
  }

  static @Nullable Instant instant(@Nullable String time) {
    try {
      return time == null ? null : OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
