package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.objects.StoreException;
import cloud.thalassa.lb.api.tenant.Unavailable;
import cloud.thalassa.lb.api.translate.Refusal;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure as {@code {"message": ...}}, on one line. */
class Errors {
  private static final Logger log = Logger.getLogger(Errors.class);

  @ServerExceptionMapper
  public Response refused(Refusal refusal) {
    return answer(
        switch (refusal.reason()) {
          case INVALID -> 400;
          case FORBIDDEN -> 403;
          case NOT_FOUND -> 404;
          case CONFLICT -> 409;
        },
        refusal.message());
  }

  @ServerExceptionMapper
  public Response notStored(StoreException failure) {
    return answer(
        switch (failure.reason()) {
          case INVALID -> 400;
          case GONE -> 404;
          case STALE, NAME_TAKEN, REFUSED -> 409;
          case UNAVAILABLE -> 503;
        },
        String.valueOf(failure.getMessage()));
  }

  @ServerExceptionMapper
  public Response unavailable(Unavailable failure) {
    return answer(503, String.valueOf(failure.getMessage()));
  }

  @ServerExceptionMapper
  public Response mismatched(MismatchedInputException failure) {
    return answer(400, BodyProblems.sentence(failure));
  }

  @ServerExceptionMapper
  public Response standard(WebApplicationException failure) {
    int status = failure.getResponse().getStatus();
    if (failure.getCause() instanceof JacksonException json) {
      return answer(400, BodyProblems.sentence(json));
    }
    return answer(
        status,
        switch (status) {
          case 400 -> "the request cannot be read";
          case 404 -> "there is nothing at this path";
          case 405 -> "this path has no such method";
          case 406 -> "answers are application/json only: accept that";
          case 415 -> "send the body as Content-Type: application/json";
          default -> String.valueOf(failure.getMessage());
        });
  }

  @ServerExceptionMapper
  public Response unexpected(RuntimeException failure) {
    log.error("A request failed", failure);
    return answer(500, "the request failed for a reason that is in the server's log");
  }

  private static Response answer(int status, String message) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(new ErrorBody(message.replaceAll("[\\p{Cntrl}\\s]+", " ").strip()))
        .build();
  }
}
