package cloud.thalassa.lb.api.objects;

import cloud.thalassa.lb.api.objects.StoreException.Cause;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** What the API server's refusals mean. */
final class Answers {
  private Answers() {}

  static StoreException meaning(KubernetesClientException e) {
    var status = e.getStatus();
    var words =
        status == null || status.getMessage() == null ? e.getMessage() : status.getMessage();
    var sentence = String.valueOf(words).replaceAll("\\s+", " ").strip();
    return switch (e.getCode()) {
      case 404 -> new StoreException(Cause.GONE, "it was deleted meanwhile", e);
      case 409 ->
          status != null && "AlreadyExists".equals(status.getReason())
              ? new StoreException(Cause.NAME_TAKEN, "there is another object of that name", e)
              : new StoreException(
                  Cause.STALE, "somebody else changed it meanwhile: read it again and repeat", e);
      case 400, 422 -> new StoreException(Cause.INVALID, sentence, e);
      case 403 -> new StoreException(Cause.REFUSED, sentence, e);
      default ->
          new StoreException(
              Cause.UNAVAILABLE, "the Kubernetes API does not answer: try again in a moment", e);
    };
  }
}
