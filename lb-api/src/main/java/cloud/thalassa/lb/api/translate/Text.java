package cloud.thalassa.lb.api.translate;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks of texts that a client sent. */
public final class Text {
  private static final int SHOWN = 80;

  private Text() {}

  /** For a message: on one line, and not longer than needed to recognize it. */
  static String quoted(String text) {
    var line = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
    return '"' + (line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line) + '"';
  }

  public static String required(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw Refusal.invalid(field, "is required");
    }
    return value;
  }

  public static String bounded(String field, @Nullable String value, int most) {
    var text = value == null ? "" : value;
    if (text.length() > most) {
      throw Refusal.invalid(
          field, "has %d characters, at most %d are allowed".formatted(text.length(), most));
    }
    if (text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t' && c != '\r')) {
      throw Refusal.invalid(field, "holds control characters, which are not allowed");
    }
    return text;
  }

  /** One of these words, in any case. */
  static String oneOf(String field, @Nullable String value, List<String> words) {
    var word = required(field, value).toLowerCase(Locale.ROOT);
    if (!words.contains(word)) {
      throw Refusal.invalid(
          field, "%s is none of %s".formatted(quoted(word), String.join(", ", words)));
    }
    return word;
  }

  static int port(String field, @Nullable Integer value) {
    if (value == null) {
      throw Refusal.invalid(field, "is required");
    }
    return within(field, value, 1, 65535);
  }

  static int within(String field, int value, int least, int most) {
    if (value < least || value > most) {
      throw Refusal.invalid(field, "%d is not within %d..%d".formatted(value, least, most));
    }
    return value;
  }

  /** Unsigned, of 32 bits. */
  static @Nullable Long count(String field, @Nullable Long value) {
    if (value != null && (value < 0 || value > 0xffff_ffffL)) {
      throw Refusal.invalid(field, "%d is not within 0..4294967295".formatted(value));
    }
    return value;
  }
}
