package cloud.thalassa.lb.dataplane;

/** Why the program cannot start, in one sentence for whoever started it. */
final class StartupFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  StartupFailure(String sentence) {
    super(sentence);
  }
}
