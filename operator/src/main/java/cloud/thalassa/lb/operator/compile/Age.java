package cloud.thalassa.lb.operator.compile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;

/** Who came first: by creation time, then by namespace and name. */
public final class Age {
  public static final Comparator<HasMetadata> OLDEST_FIRST =
      Comparator.<HasMetadata, Instant>comparing(Age::created)
          .thenComparing(object -> Ref.of(object));

  private Age() {}

  /** An object that says nothing usable about its creation is the youngest. */
  private static Instant created(HasMetadata object) {
    var timestamp = object.getMetadata().getCreationTimestamp();
    try {
      return timestamp == null ? Instant.MAX : Instant.parse(timestamp);
    } catch (DateTimeException unreadable) {
      return Instant.MAX;
    }
  }
}
