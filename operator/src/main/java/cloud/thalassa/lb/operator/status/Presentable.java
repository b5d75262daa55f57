package cloud.thalassa.lb.operator.status;

import java.util.regex.Pattern;

/**
 * What users are told, as the API server and a terminal can take it. Some of the words are theirs:
 * names of labels, and what a replica says about itself.
 */
final class Presentable {
  /** The API server takes 32 times as much, but nobody reads that. */
  static final int MOST = 4096;

  /** Would end the line, or move a terminal's cursor or the direction of its text. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

  private Presentable() {}

  static String of(String message) {
    var printable = UNPRINTABLE.matcher(message).replaceAll("\uFFFD");
    if (printable.length() <= MOST) {
      return printable;
    }
    int end = Character.isHighSurrogate(printable.charAt(MOST - 1)) ? MOST - 1 : MOST;
    return "%s... (%d more characters are left out: correct these first)"
        .formatted(printable.substring(0, end), printable.length() - end);
  }
}
