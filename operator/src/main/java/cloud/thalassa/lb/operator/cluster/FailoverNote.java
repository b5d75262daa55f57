package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.operator.status.News.Failover;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an understudy leaves on a slice, for whoever leads next to tell: by then nothing else shows
 * that there was a failover. It goes with the leader's next write of the slice, so that it is told
 * once.
 */
final class FailoverNote {
  private static final String ANNOTATION = Api.GROUP + "/failover";

  private FailoverNote() {}

  static void leave(EndpointSlice slice, Failover failover, Instant at) {
    var words = "%s %s %s".formatted(failover.since(), at, failover.cause());
    slice.getMetadata().setAnnotations(Map.of(ANNOTATION, words));
  }

  /** The last one. */
  static @Nullable Failover on(Collection<EndpointSlice> slices) {
    return slices.stream()
        .map(slice -> slice.getMetadata().getAnnotations())
        .filter(Objects::nonNull)
        .map(annotations -> parse(annotations.get(ANNOTATION)))
        .filter(Objects::nonNull)
        .max(Comparator.comparing(failover -> Objects.requireNonNull(failover.at())))
        .orElse(null);
  }

  private static @Nullable Failover parse(@Nullable String words) {
    var parts = words == null ? new String[0] : words.split(" ", 3);
    if (parts.length < 3) {
      return null;
    }
    try {
      return new Failover(parts[2], Instant.parse(parts[0]), Instant.parse(parts[1]));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
