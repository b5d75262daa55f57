package cloud.thalassa.lb.api.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/** Where pages are. */
final class Addresses {
  static final String ROOT = "/console";
  static final String SIGN_IN = ROOT + "/sign-in";
  static final String ASSETS = ROOT + "/assets/";
  static final String BALANCERS = ROOT + "/loadbalancers";
  static final String GROUPS = ROOT + "/target-groups";

  private Addresses() {}

  static boolean isConsole(String path) {
    return path.equals(ROOT) || path.startsWith(ROOT + "/");
  }

  static String balancer(String identity) {
    return BALANCERS + "/" + encoded(identity);
  }

  static String group(String identity) {
    return GROUPS + "/" + encoded(identity);
  }

  /** With the page to come back to; null: none in particular. */
  static String signIn(@Nullable URI next) {
    if (next == null || next.getRawPath().equals(ROOT)) {
      return SIGN_IN;
    }
    var query = next.getRawQuery() == null ? "" : "?" + next.getRawQuery();
    return SIGN_IN + "?next=" + encoded(next.getRawPath() + query);
  }

  /** Where to go after the sign-in: within the console, whatever it says. */
  static String next(@Nullable String given) {
    return given != null
            && given.length() <= 1024
            && given.startsWith(ROOT + "/")
            && !given.startsWith(SIGN_IN)
            && given.matches("[!-\\[\\]-~]*")
        ? given
        : BALANCERS;
  }

  /** After a form: the browser gets the page, and a reload sends nothing twice. */
  static Response seeOther(String path) {
    return Response.status(303).header(HttpHeaders.LOCATION, path).build();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
