package cloud.thalassa.lb.crds;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a program says of why it ends: on one line, and nothing that is secret. */
public final class LastWords {
  /** HTTP clients quote a header that they refuse. */
  private static final Pattern TOKEN = Pattern.compile("Bearer \\S+");

  private LastWords() {}

  /** The words of the first cause of all. */
  public static String of(Throwable failure) {
    return of(failure, _ -> false);
  }

  /**
   * The words of the first cause of all, or of a later one.
   *
   * @param enough whether a failure says more than its own cause does
   */
  public static String of(Throwable failure, Predicate<Throwable> enough) {
    var cause = failure;
    while (cause.getCause() != null && !enough.test(cause)) {
      cause = cause.getCause();
    }
    var text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return TOKEN.matcher(text.replaceAll("\\s+", " ").strip()).replaceAll("Bearer ...");
  }
}
