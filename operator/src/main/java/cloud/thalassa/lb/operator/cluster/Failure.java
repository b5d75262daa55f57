package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.vertx.core.VertxException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Says that a reconciliation failed, in place of the framework, which logs a stack trace of every
 * attempt: while the API server is away those would be one for each object and attempt.
 */
final class Failure {
  private static final Logger log = Logger.getLogger(Failure.class);
  private static final int TOO_MANY_REQUESTS = 429;

  private Failure() {}

  /** The framework tries again, later and later. */
  static <T extends HasMetadata> ErrorStatusUpdateControl<T> say(T object, Exception reported) {
    var failure = thrown(reported);
    var words =
        "%s %s could not be reconciled, trying again".formatted(object.getKind(), Ref.of(object));
    if (passes(failure)) {
      var cause = failure.getCause() == null ? failure : failure.getCause();
      log.warnf("%s: %s", words, cause);
    } else {
      log.error(words, failure);
    }
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }

  /** The framework's meters wrap what a reconciler throws. */
  static Exception thrown(Exception reported) {
    return reported instanceof OperatorException && reported.getCause() instanceof Exception cause
        ? cause
        : reported;
  }

  /** Whether it is the API server's state and not a defect: no answer, or "not now". */
  static boolean passes(Exception failure) {
    if (!(failure instanceof KubernetesClientException e)) {
      return false;
    }
    return e.getCode() > 0
        ? e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() >= TOO_MANY_REQUESTS
        : causes(e).anyMatch(Failure::ofTheConnection);
  }

  private static boolean ofTheConnection(Throwable cause) {
    return cause instanceof IOException
        || cause instanceof TimeoutException
        || cause instanceof VertxException; // a connection that was closed, a stream that was reset
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure.getCause(), Objects::nonNull, Throwable::getCause);
  }
}
