package cloud.thalassa.lb.scale;

import java.util.Locale;

/** One figure, as a row of a table in Markdown. */
final class Row {
  private Row() {}

  static void say(String what, String format, Object value) {
    System.out.println("| " + what + " | " + String.format(Locale.ROOT, format, value) + " |");
  }
}
