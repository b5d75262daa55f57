package cloud.thalassa.lb.api.console;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the browser keeps: no script sees it, and no other site has it sent. */
final class Cookies {
  static final String SESSION = "thalassa-session";

  /** The identity of the organisation that was chosen. */
  static final String ORGANISATION = "thalassa-organisation";

  private Cookies() {}

  static @Nullable String value(ContainerRequestContext request, String name) {
    var cookie = request.getCookies().get(name);
    return cookie == null || cookie.getValue().isEmpty() || cookie.getValue().length() > 256
        ? null
        : cookie.getValue();
  }

  static NewCookie of(String name, String value, Duration age, ContainerRequestContext request) {
    return new NewCookie.Builder(name)
        .value(value)
        .path(Addresses.ROOT)
        .maxAge((int) age.toSeconds())
        .httpOnly(true)
        .secure(!isOwnMachine(request))
        .sameSite(NewCookie.SameSite.STRICT)
        .build();
  }

  static NewCookie none(String name, ContainerRequestContext request) {
    return of(name, "", Duration.ZERO, request);
  }

  /** TLS ends in front of us: only what comes from the own machine may do without. */
  private static boolean isOwnMachine(ContainerRequestContext request) {
    var host = request.getHeaderString("Host");
    return host != null
        && host.matches("(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?")
        && !"https".equals(request.getHeaderString("X-Forwarded-Proto"));
  }
}
