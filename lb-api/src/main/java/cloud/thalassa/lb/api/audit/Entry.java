package cloud.thalassa.lb.api.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request, and what came of it.
 *
 * @param organisation null: the request was for none that its sender belongs to
 * @param subject who sent it; empty: nobody knows
 * @param path without its query
 * @param address of whoever connected
 */
public record Entry(
    @Nullable String organisation,
    Instant at,
    String subject,
    String method,
    String path,
    int status,
    String requestId,
    String address) {}
