package cloud.thalassa.lb.healthchecker.judge;

import java.time.Instant;

/** One probe's result, with its reason in words. */
public record Observation(boolean passed, String reason, Instant at) {}
