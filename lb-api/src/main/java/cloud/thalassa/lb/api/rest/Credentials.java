package cloud.thalassa.lb.api.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Of a service account. */
record Credentials(String account, String secret) {
  private static final String BASIC = "basic ";

  /** In the header, where both are escaped as in a URL (RFC 6749, 2.3.1), or in the body. */
  static Optional<Credentials> of(
      @Nullable String authorization, @Nullable String account, @Nullable String secret) {
    if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return account == null || secret == null
          ? Optional.empty()
          : Optional.of(new Credentials(account, secret));
    }
    try {
      var decoded = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      var pair = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
      return pair.length < 2
          ? Optional.empty()
          : Optional.of(new Credentials(unescaped(pair[0]), unescaped(pair[1])));
    } catch (IllegalArgumentException neither) {
      return Optional.empty();
    }
  }

  private static String unescaped(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
