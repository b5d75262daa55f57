package cloud.thalassa.lb.api.console;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** What browsers shall not do with our pages. */
class Headers {
  private static final Map<String, String> ALL =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
              + " 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Permissions-Policy",
          "camera=(), geolocation=(), microphone=()");

  @ServerResponseFilter
  public void add(ContainerRequestContext request, ContainerResponseContext answer) {
    if (Addresses.isConsole(request.getUriInfo().getPath())) {
      ALL.forEach(answer.getHeaders()::putSingle);
      if (!answer.getHeaders().containsKey(HttpHeaders.CACHE_CONTROL)) {
        answer.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
      }
    }
  }
}
