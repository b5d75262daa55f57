package cloud.thalassa.lb.healthchecker.probe;

/** How a probe ended, and the same in words. */
public record ProbeResult(Outcome outcome, String reason) {
  public boolean passed() {
    return outcome == Outcome.PASSED;
  }
}
