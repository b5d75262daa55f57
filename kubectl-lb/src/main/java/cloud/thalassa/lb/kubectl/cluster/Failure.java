package cloud.thalassa.lb.kubectl.cluster;

/** What was asked for cannot be done; the message says why, in one sentence. */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Failure(String sentence) {
    super(sentence);
  }
}
