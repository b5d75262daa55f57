package cloud.thalassa.lb.kubectl.text;

import java.util.Locale;

/** Numbers in a few characters. */
public final class Amount {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

  private Amount() {}

  public static String bytes(double bytes) {
    int unit = 0;
    double rest = bytes;
    while (rest >= 999.5 && unit < UNITS.length - 1) {
      rest /= 1000;
      unit++;
    }
    return number(rest) + " " + UNITS[unit];
  }

  /** Three digits that mean something. */
  public static String number(double number) {
    if (number == 0) {
      return "0";
    }
    var digits = number < 9.995 ? "%.2f" : number < 99.95 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, digits, number);
  }
}
