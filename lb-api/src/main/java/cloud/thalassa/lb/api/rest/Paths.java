package cloud.thalassa.lb.api.rest;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Paths that clients spell in their own way, and a name for each request. A doubled slash in front
 * is one; a path that ends with a slash names an object without identity, and is nothing.
 */
@ApplicationScoped
class Paths {
  static final String REQUEST_ID = "X-Request-Id";
  private static final Pattern WORD = Pattern.compile("[0-9A-Za-z._-]{1,128}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
  private static final int FIRST = 1000;

  private final long largest;

  Paths(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largest) {
    this.largest = largest.asLongValue();
  }

  void install(@Observes Filters filters) {
    filters.register(this::route, FIRST);
  }

  private void route(RoutingContext request) {
    var given = request.request().getHeader(REQUEST_ID);
    var id = given != null && WORD.matcher(given).matches() ? given : UUID.randomUUID().toString();
    request.response().putHeader(REQUEST_ID, id);
    var path = request.request().path();
    if (path != null && path.startsWith("//")) {
      request.reroute(path.replaceFirst("^/+", "/"));
    } else if (path != null && path.startsWith("/v1/") && path.endsWith("/")) {
      answer(request, 404, "the path ends with /, where an identity is missing");
    } else if (announced(request) > largest) {
      request.response().putHeader("Connection", "close"); // of what comes nothing is read
      request.response().endHandler(it -> request.request().connection().close());
      answer(request, 413, "the body is larger than the " + largest + " bytes that are taken");
    } else {
      request.next();
    }
  }

  private static long announced(RoutingContext request) {
    var length = request.request().getHeader("Content-Length");
    return length != null && DIGITS.matcher(length).matches() ? Long.parseLong(length) : 0;
  }

  private static void answer(RoutingContext request, int status, String message) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end("{\"message\":\"" + message + "\"}");
  }
}
