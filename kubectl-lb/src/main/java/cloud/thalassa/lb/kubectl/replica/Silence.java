package cloud.thalassa.lb.kubectl.replica;

/**
 * A replica cannot be reached, or does not answer; the message says why, as a part of a sentence.
 */
public final class Silence extends Exception {
  private static final long serialVersionUID = 1;

  Silence(String why) {
    super(why);
  }
}
