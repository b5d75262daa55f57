package cloud.thalassa.lb.api.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Paths that clients spell in their own way, and a name for each request. A doubled slash in front
 * is one; a path that ends with a slash names an object without identity, and is nothing.
 */
@ApplicationScoped
class Paths {
  private static final String REQUEST_ID = "X-Request-Id";
  private static final Pattern WORD = Pattern.compile("[0-9A-Za-z._-]{1,128}");
  private static final int FIRST = 1000;

  void install(@Observes Filters filters) {
    filters.register(Paths::route, FIRST);
  }

  private static void route(RoutingContext request) {
    var given = request.request().getHeader(REQUEST_ID);
    var id = given != null && WORD.matcher(given).matches() ? given : UUID.randomUUID().toString();
    request.response().putHeader(REQUEST_ID, id);
    var path = request.request().path();
    if (path != null && path.startsWith("//")) {
      request.reroute(path.replaceFirst("^/+", "/"));
    } else if (path != null && path.startsWith("/v1/") && path.endsWith("/")) {
      request
          .response()
          .setStatusCode(404)
          .putHeader("Content-Type", "application/json")
          .end("{\"message\":\"the path ends with /, where an identity is missing\"}");
    } else {
      request.next();
    }
  }
}
