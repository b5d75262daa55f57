package cloud.thalassa.lb.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every object has.
 *
 * @param identity given by the server, for the life of the object
 * @param slug a second identity that people can read; it does not change with the name
 * @param createdAt RFC 3339
 * @param objectVersion differs whenever something of the object differs that a user can change
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Head(
    String identity,
    String name,
    String slug,
    String description,
    @Nullable String createdAt,
    @Nullable String updatedAt,
    @Nullable Long objectVersion,
    Map<String, String> labels,
    Map<String, String> annotations) {}
