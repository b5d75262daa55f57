package cloud.thalassa.lb.healthchecker.judge;

import static cloud.thalassa.lb.crds.HealthState.HEALTHY;
import static cloud.thalassa.lb.crds.HealthState.INITIAL;
import static cloud.thalassa.lb.crds.HealthState.UNHEALTHY;

import cloud.thalassa.lb.crds.HealthState;
import java.time.Instant;

/**
 * The verdict on a target, and how many results in a row spoke against it. {@code since} and {@code
 * reason} belong to the verdict: they change with the state only.
 */
public record TargetHealth(HealthState state, int contrary, Instant since, String reason) {
  public static TargetHealth initial(Instant since) {
    return new TargetHealth(INITIAL, 0, since, "not probed yet");
  }

  /** A verdict taken over from somebody who has already probed. */
  public static TargetHealth known(HealthState state, Instant since, String reason) {
    return new TargetHealth(state, 0, since, reason);
  }

  /**
   * A new target serves after its first success; a verdict is reversed by as many results in a row
   * as the threshold says.
   */
  public TargetHealth observe(Observation result, Thresholds thresholds) {
    var indicated = result.passed() ? HEALTHY : UNHEALTHY;
    if (state == indicated) {
      return against(0);
    }
    var needed = result.passed() ? thresholds.healthy() : thresholds.unhealthy();
    if (state == INITIAL && result.passed()) {
      needed = 1;
    }
    return contrary + 1 >= needed
        ? new TargetHealth(indicated, 0, result.at(), result.reason())
        : against(contrary + 1);
  }

  private TargetHealth against(int results) {
    return results == contrary ? this : new TargetHealth(state, results, since, reason);
  }
}
