package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.tenant.AccessTokens;
import cloud.thalassa.lb.api.tenant.AccessTokens.Issued;
import cloud.thalassa.lb.api.tenant.Lifetime;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/**
 * Short-lived tokens for service accounts: the client credentials grant of RFC 6749, and the token
 * exchange of RFC 8693.
 */
@Path("/oidc/token")
class TokenResource {
  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";

  private final AccessTokens tokens;
  private final Visitor visitor;

  TokenResource(AccessTokens tokens, Visitor visitor) {
    this.tokens = tokens;
    this.visitor = visitor;
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<Response> issue(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @RestForm("grant_type") @Nullable String grant,
      @RestForm("client_id") @Nullable String account,
      @RestForm("client_secret") @Nullable String secret,
      @BeanParam ExchangeForm exchange) {
    return switch (grant) {
      case "client_credentials" -> forSecret(Credentials.of(authorization, account, secret));
      case EXCHANGE -> forToken(exchange);
      case null, default ->
          failed("unsupported_grant_type", "grant_type must be client_credentials, or " + EXCHANGE);
    };
  }

  private Uni<Response> forSecret(Optional<Credentials> credentials) {
    credentials.ifPresent(it -> visitor.isAccount(it.account(), null));
    return credentials
        .map(it -> tokens.issue(it.account(), it.secret()))
        .orElseGet(() -> Uni.createFrom().item(Optional.<Issued>empty()))
        .map(
            token ->
                token
                    .map(this::success)
                    .orElseGet(
                        () ->
                            failure(
                                401,
                                "invalid_client",
                                "the service account is unknown, or its secret is wrong")));
  }

  private Uni<Response> forToken(ExchangeForm form) {
    var lifetime = Lifetime.parse(form.lifetime);
    if (form.token == null || form.organisation == null || form.account == null) {
      return failed(
          "invalid_request", "subject_token, organisation_id and service_account_id are required");
    }
    if (!JWT.equals(form.type)) {
      return failed("invalid_request", "subject_token_type must be " + JWT);
    }
    if (lifetime.isEmpty()) {
      return failed(
          "invalid_request",
          "access_token_lifetime must be from a minute to a day: seconds, or such as 1h30m");
    }
    visitor.isAccount(form.account, null);
    return tokens
        .exchange(form.organisation, form.account, form.token, lifetime.get())
        .map(
            token ->
                token
                    .map(this::success)
                    .orElseGet(
                        () ->
                            failure(
                                401,
                                "invalid_grant",
                                "the service account is unknown, or the token is none of a workload of it")));
  }

  private Response success(Issued issued) {
    visitor.isAccount(issued.serviceAccount(), issued.organisation());
    var body =
        Map.of(
            "access_token",
            issued.token(),
            "token_type",
            "Bearer",
            "expires_in",
            issued.lifetime().toSeconds());
    return Response.ok(body).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  private static Uni<Response> failed(String error, String description) {
    return Uni.createFrom().item(failure(400, error, description));
  }

  private static Response failure(int status, String error, String description) {
    var body = Map.of("error", error, "error_description", description, "message", description);
    return Response.status(status).entity(body).type(MediaType.APPLICATION_JSON_TYPE).build();
  }
}
