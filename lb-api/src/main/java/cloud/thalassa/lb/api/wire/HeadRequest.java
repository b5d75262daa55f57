package cloud.thalassa.lb.api.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be written of every object. Absent labels and annotations clear what there is. */
public interface HeadRequest {
  @Nullable String name();

  @Nullable String description();

  @Nullable Map<String, String> labels();

  @Nullable Map<String, String> annotations();

  /** The version that the change is meant for; absent or 0: whichever there is. */
  default @Nullable Long objectVersion() {
    return null;
  }
}
