package cloud.thalassa.lb.api.objects;

/** The store did not do what it was asked for; the message is for whoever asked. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What stood against it. */
  public enum Cause {
    /** Somebody else changed the object meanwhile. */
    STALE,
    /** There is another object of that name. */
    NAME_TAKEN,
    /** The object is gone. */
    GONE,
    /** The object breaks a rule of its kind. */
    INVALID,
    /** A quota or a policy of the cluster. */
    REFUSED,
    /** Nobody answers. */
    UNAVAILABLE
  }

  private final transient Cause reason;

  StoreException(Cause reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  StoreException(Cause reason, String message) {
    super(message);
    this.reason = reason;
  }

  static StoreException stale() {
    return new StoreException(
        Cause.STALE, "somebody else changed it meanwhile: read it again and repeat");
  }

  /** Who has just been started has not read everything. */
  public static StoreException notYetRead() {
    return new StoreException(
        Cause.UNAVAILABLE, "the objects are still being read: try again in a moment");
  }

  public Cause reason() {
    return reason;
  }
}
