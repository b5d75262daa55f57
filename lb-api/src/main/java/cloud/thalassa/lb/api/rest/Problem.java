package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.objects.StoreException;
import cloud.thalassa.lb.api.replica.Unanswered;
import cloud.thalassa.lb.api.tenant.Unavailable;
import cloud.thalassa.lb.api.translate.Refusal;
import java.util.Optional;

/** Why a request was not done, for whoever sent it. */
public record Problem(int status, String message) {
  public Problem {
    message = message.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }

  /** Empty: it is a mistake of ours. */
  public static Optional<Problem> of(RuntimeException failure) {
    return switch (failure) {
      case Refusal it -> Optional.of(new Problem(status(it), it.message()));
      case StoreException it -> Optional.of(new Problem(status(it), message(it)));
      case Unavailable it -> Optional.of(new Problem(503, message(it)));
      case Unanswered it -> Optional.of(new Problem(503, message(it)));
      default -> Optional.empty();
    };
  }

  private static int status(Refusal refusal) {
    return switch (refusal.reason()) {
      case INVALID -> 400;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case STALE -> 412;
    };
  }

  private static int status(StoreException failure) {
    return switch (failure.reason()) {
      case INVALID -> 400;
      case GONE -> 404;
      case STALE, NAME_TAKEN, REFUSED -> 409;
      case UNAVAILABLE -> 503;
    };
  }

  private static String message(RuntimeException failure) {
    return String.valueOf(failure.getMessage());
  }
}
