package cloud.thalassa.lb.operator;

/** The process cannot do its work; the message is one sentence for whoever started it. */
public final class StartupException extends RuntimeException {
  public StartupException(String sentence) {
    super(sentence);
  }
}
