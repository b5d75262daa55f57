package cloud.thalassa.lb.kubectl.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.util.stream.Stream;

/** What a client's exception means to its user. */
public final class Refusal {
  private static final int FIRST_OF_HTTP = 100;

  private Refusal() {}

  /** In one line. */
  public static String sentence(KubernetesClientException e) {
    var words = words(e);
    if (e.getCode() < FIRST_OF_HTTP) {
      return "the cluster cannot be asked: " + line(cause(e));
    }
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          "the cluster does not know you: log in, or correct the credentials of the kubeconfig";
      case HttpURLConnection.HTTP_NOT_FOUND -> notFound(words);
      default -> "the cluster refuses: " + line(words);
    };
  }

  /** What the API server said, or the system. */
  public static String words(KubernetesClientException e) {
    var status = e.getStatus();
    return status == null || status.getMessage() == null ? cause(e) : status.getMessage();
  }

  static boolean forbidden(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
  }

  static boolean notFound(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
  }

  private static String notFound(String words) {
    return words.contains("could not find the requested resource") || words.contains("404 page")
        ? "this cluster does not know load balancers: Thalassa LB is not installed there"
        : "the cluster says: " + line(words);
  }

  private static String cause(Throwable e) {
    var causes = Stream.iterate(e, it -> it != null, Throwable::getCause).toList();
    for (var cause : causes) {
      if (cause instanceof ConnectException) {
        return "it does not take the connection";
      }
    }
    return String.valueOf(causes.getLast());
  }

  private static String line(String words) {
    return words.lines().map(String::strip).findFirst().orElse("");
  }
}
