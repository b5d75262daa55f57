package cloud.thalassa.lb.dataplane.follow;

/** What went wrong, on one line. */
final class Sentence {
  private Sentence() {}

  static String of(Throwable failure) {
    var message = failure.getMessage();
    if (message == null) {
      return failure.getClass().getSimpleName();
    }
    // The rest of a parser's message quotes its source code.
    var line = message.strip().lines().findFirst().orElse("");
    return line.length() <= 300 ? line : line.substring(0, 300) + "...";
  }
}
