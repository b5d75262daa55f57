package cloud.thalassa.lb.healthchecker.judge;

/**
 * What one checker thinks of one replica of a load balancer. A sign that it is gone counts at once:
 * another checker may object, and the last replica stays whatever is said. It is back when it says
 * twice in a row that it takes connections.
 *
 * @param returning answers in a row that spoke for a dead one
 * @param reason why it is dead, in words; of another verdict: empty
 */
public record Pulse(Verdict verdict, int returning, String reason) {
  /** Nothing was heard yet. */
  public static final Pulse UNKNOWN = new Pulse(Verdict.UNKNOWN, 0, "");

  private static final Pulse ALIVE = new Pulse(Verdict.ALIVE, 0, "");
  private static final int ANSWERS_TO_RETURN = 2;
  private static final int SERVING = 200;

  /** Nobody hears of what is unknown. */
  public enum Verdict {
    UNKNOWN,
    ALIVE,
    DEAD
  }

  /** It answered with this HTTP status. Whether one that lives may serve, its readiness says. */
  public Pulse answered(int status) {
    return switch (verdict) {
      case ALIVE -> this;
      case UNKNOWN -> status == SERVING ? ALIVE : this;
      case DEAD -> {
        int next = status == SERVING ? returning + 1 : 0;
        yield next == ANSWERS_TO_RETURN ? ALIVE : new Pulse(Verdict.DEAD, next, reason);
      }
    };
  }

  /** Its connection was refused or lost, or it was silent for too long. */
  public Pulse gone(String why) {
    return verdict == Verdict.DEAD
        ? new Pulse(Verdict.DEAD, 0, reason)
        : new Pulse(Verdict.DEAD, 0, why);
  }
}
