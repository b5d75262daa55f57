package cloud.thalassa.lb.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/** A project: a name that an organisation gives to some of its work. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProjectView(@JsonUnwrapped Head head, @Nullable Ref parentProject)
    implements Headed {}
