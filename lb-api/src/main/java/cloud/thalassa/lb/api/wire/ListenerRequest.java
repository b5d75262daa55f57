package cloud.thalassa.lb.api.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Body of POST and PUT of listeners. A PUT replaces the whole: what is absent is cleared.
 *
 * @param protocol {@code tcp} or {@code udp}; {@code http} and {@code https} are relayed as TCP
 * @param targetGroup identity of the target group
 * @param maxConnections of the whole listener; 0: no limit
 * @param connectionIdleTimeout in seconds
 * @param allowedSources networks and addresses; none: everybody
 */
public record ListenerRequest(
    @Nullable String name,
    @Nullable String description,
    @Nullable Map<String, String> labels,
    @Nullable Map<String, String> annotations,
    @Nullable Long objectVersion,
    @Nullable Integer port,
    @Nullable String protocol,
    @Nullable String targetGroup,
    @Nullable Long maxConnections,
    @Nullable Long connectionIdleTimeout,
    @Nullable List<String> allowedSources)
    implements HeadRequest {}
