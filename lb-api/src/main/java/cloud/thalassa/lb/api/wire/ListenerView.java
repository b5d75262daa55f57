package cloud.thalassa.lb.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A listener. What a client never set is absent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ListenerView(
    @JsonUnwrapped Head head,
    int port,
    String protocol,
    @Nullable Ref targetGroup,
    @Nullable Long maxConnections,
    @Nullable Long connectionIdleTimeout,
    List<String> allowedSources,
    @Nullable String statusMessage)
    implements Headed {}
