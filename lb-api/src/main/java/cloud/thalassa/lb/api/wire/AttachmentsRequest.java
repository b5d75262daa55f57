package cloud.thalassa.lb.api.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Body of POST .../attachments: all that shall be attached. */
public record AttachmentsRequest(@Nullable List<AttachRequest> attachments) {}
