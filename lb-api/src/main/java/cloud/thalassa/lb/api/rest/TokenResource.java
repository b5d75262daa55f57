package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.tenant.AccessTokens;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** Short-lived tokens for service accounts: the client credentials grant of RFC 6749. */
@Path("/oidc/token")
class TokenResource {
  private static final String BASIC = "basic ";
  private final AccessTokens tokens;

  TokenResource(AccessTokens tokens) {
    this.tokens = tokens;
  }

  private record Credentials(String account, String secret) {}

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<Response> issue(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @RestForm("grant_type") @Nullable String grant,
      @RestForm("client_id") @Nullable String account,
      @RestForm("client_secret") @Nullable String secret) {
    if (!"client_credentials".equals(grant)) {
      return Uni.createFrom()
          .item(failure(400, "unsupported_grant_type", "grant_type must be client_credentials"));
    }
    return credentials(authorization, account, secret)
        .map(it -> tokens.issue(it.account, it.secret))
        .orElseGet(() -> Uni.createFrom().item(Optional.<String>empty()))
        .map(token -> token.map(TokenResource::success).orElseGet(TokenResource::unknown));
  }

  /** In the header, where both are escaped as in a URL (RFC 6749, 2.3.1), or in the body. */
  private static Optional<Credentials> credentials(
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

  private static Response success(String token) {
    var body =
        Map.of(
            "access_token",
            token,
            "token_type",
            "Bearer",
            "expires_in",
            AccessTokens.LIFETIME.toSeconds());
    return Response.ok(body).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  private static Response unknown() {
    return failure(401, "invalid_client", "the service account is unknown, or its secret is wrong");
  }

  private static Response failure(int status, String error, String description) {
    var body = Map.of("error", error, "error_description", description, "message", description);
    return Response.status(status).entity(body).type(MediaType.APPLICATION_JSON_TYPE).build();
  }
}
