package cloud.thalassa.lb.operator.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An answer of the API server that stays the same until somebody changes something. */
final class Refusal {
  /** Invalid, more than a quota or a policy of the cluster allows, or more than one request has. */
  private static final Set<Integer> CODES =
      Set.of(422, HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_ENTITY_TOO_LARGE);

  /** What its store does not take is to the API server a failure like any other: of etcd, gRPC. */
  private static final Set<String> TOO_LARGE =
      Set.of("request is too large", "message larger than max");

  private Refusal() {}

  /** What the API server says; null: it may take the same object later. */
  static @Nullable String words(KubernetesClientException e) {
    var said = e.getStatus() == null ? null : e.getStatus().getMessage();
    var words = Objects.requireNonNullElse(said, e.toString());
    return CODES.contains(e.getCode()) || TOO_LARGE.stream().anyMatch(words::contains)
        ? words
        : null;
  }
}
