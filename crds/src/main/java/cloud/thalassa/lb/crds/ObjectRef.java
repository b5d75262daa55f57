package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A reference to an object of a known kind. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ObjectRef(
    @Required @Size(min = 1, max = 63) String name,
    @JsonPropertyDescription(
            "Omitted: the namespace of the referring object. Another namespace needs a ReferenceGrant there.")
        @Size(min = 1, max = 63)
        @Nullable String namespace) {}
