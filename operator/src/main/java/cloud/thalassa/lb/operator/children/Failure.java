package cloud.thalassa.lb.operator.children;

import java.time.Instant;

/**
 * How a replica died, as health checkers see it.
 *
 * @param reason in words, such as {@code connection refused}
 * @param since when it was last known to live, by a health checker's clock
 */
public record Failure(String reason, Instant since) {}
