package cloud.thalassa.lb.api.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure as {@code {"message": ...}}, on one line, or as a page where people ask. */
@Singleton
class Errors {
  private static final Logger log = Logger.getLogger(Errors.class);

  private final ErrorPages pages;

  Errors(ErrorPages pages) {
    this.pages = pages;
  }

  @ServerExceptionMapper
  public Response mismatched(MismatchedInputException failure, UriInfo uri) {
    return answer(new Problem(400, BodyProblems.sentence(failure)), uri);
  }

  @ServerExceptionMapper
  public Response standard(WebApplicationException failure, UriInfo uri) {
    int status = failure.getResponse().getStatus();
    if (failure.getCause() instanceof JacksonException json) {
      return answer(new Problem(400, BodyProblems.sentence(json)), uri);
    }
    var message =
        switch (status) {
          case 400 -> "the request cannot be read";
          case 404 -> "there is nothing at this path";
          case 405 -> "this path has no such method";
          case 406 ->
              "answers are application/json, streams of events text/event-stream: accept that";
          case 415 -> "send the body as Content-Type: application/json";
          default -> String.valueOf(failure.getMessage());
        };
    return answer(new Problem(status, message), uri);
  }

  @ServerExceptionMapper
  public Response failed(RuntimeException failure, UriInfo uri) {
    return answer(Problem.of(failure).orElseGet(() -> unexpected(failure)), uri);
  }

  private static Problem unexpected(RuntimeException failure) {
    log.error("A request failed", failure);
    return new Problem(500, "the request failed for a reason that is in the server's log");
  }

  private Response answer(Problem problem, UriInfo uri) {
    return pages
        .page(uri.getPath(), problem)
        .orElseGet(
            () ->
                Response.status(problem.status())
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .entity(new ErrorBody(problem.message()))
                    .build());
  }
}
