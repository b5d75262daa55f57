package cloud.thalassa.lb.api.translate;

/** A request that cannot be done; the message is for whoever sent it. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Who has to change something, and what. */
  public enum Reason {
    /** The request. */
    INVALID,
    /** Nothing of that name is visible to the caller. */
    NOT_FOUND,
    /** The state of things stands against it. */
    CONFLICT,
    /** It is meant for another version of the object. */
    STALE,
    /** The caller may not do it. */
    FORBIDDEN
  }

  private final transient Reason reason;

  private Refusal(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public static Refusal invalid(String field, String sentence) {
    return new Refusal(Reason.INVALID, field + ": " + sentence);
  }

  /** What is asked for by its identity or slug. */
  public static Refusal notFound(String what, String identity) {
    return new Refusal(Reason.NOT_FOUND, "there is no " + what + " " + Text.quoted(identity));
  }

  /** What a field of the request names. */
  public static Refusal unknown(String field, String what, String identity) {
    return new Refusal(
        Reason.NOT_FOUND, field + ": there is no " + what + " " + Text.quoted(identity));
  }

  public static Refusal conflict(String sentence) {
    return new Refusal(Reason.CONFLICT, sentence);
  }

  static Refusal stale(String sentence) {
    return new Refusal(Reason.STALE, sentence);
  }

  public static Refusal forbidden(String sentence) {
    return new Refusal(Reason.FORBIDDEN, sentence);
  }

  public Reason reason() {
    return reason;
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}
