package cloud.thalassa.lb.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a load balancer.
 *
 * @param id for {@code Last-Event-ID}
 * @param at RFC 3339
 * @param type {@code lifecycle}, {@code health} or {@code failover}
 * @param message a sentence
 * @param kind of what it happened to: {@code LoadBalancer}, {@code Listener}, {@code TargetGroup}
 * @param name of that
 * @param condition lifecycle: the one that changed
 * @param status of the condition, or of the target
 * @param target health: address and port
 * @param since failover: when the replica was last known to live
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventView(
    String id,
    String at,
    String type,
    String message,
    @Nullable String kind,
    @Nullable String name,
    @Nullable String condition,
    @Nullable String status,
    @Nullable String reason,
    @Nullable String target,
    @Nullable String since) {}
