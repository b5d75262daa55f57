package cloud.thalassa.lb.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * A reserved IP.
 *
 * @param status {@code available}, {@code attached} or {@code deleting}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReservedIpView(
    @JsonUnwrapped Head head,
    Ref region,
    String status,
    String ipv4Address,
    @Nullable String attachedToResourceType,
    @Nullable String attachedToResourceIdentity) {}
