package cloud.thalassa.lb.operator.status;

import cloud.thalassa.lb.operator.compile.Reason;

/** What is to be said in one condition. */
public record Finding(String status, Reason reason, String message) {
  private static final String TRUE = "True";

  public boolean holds() {
    return status.equals(TRUE);
  }

  public static Finding yes(Reason reason, String message) {
    return new Finding(TRUE, reason, message);
  }

  public static Finding no(Reason reason, String message) {
    return new Finding("False", reason, message);
  }

  public static Finding unknown(Reason reason, String message) {
    return new Finding("Unknown", reason, message);
  }
}
