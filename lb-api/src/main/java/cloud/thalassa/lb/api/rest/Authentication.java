package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.tenant.Caller;
import cloud.thalassa.lb.api.tenant.Callers;
import cloud.thalassa.lb.api.tenant.Organisation;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and for which organisation: {@code Authorization: Token} or {@code Bearer}, and {@code
 * X-Organisation-Identity} with an identity or slug. The token endpoint asks for itself.
 */
@Singleton
class Authentication {
  private static final Pattern HEADER = Pattern.compile("(?i:token|bearer) +([!-~]{1,512}) *");
  private static final String ORGANISATION = "X-Organisation-Identity";

  private final Callers callers;
  private final Visitor visitor;
  private final RateLimit rate;
  private final CurrentVertxRequest request;

  Authentication(Callers callers, Visitor visitor, RateLimit rate, CurrentVertxRequest request) {
    this.callers = callers;
    this.visitor = visitor;
    this.rate = rate;
    this.request = request;
  }

  @ServerRequestFilter(nonBlocking = true, priority = 1000)
  public Uni<Response> authenticate(ContainerRequestContext request) {
    var path = request.getUriInfo().getPath();
    if (!path.startsWith("/v1/")) {
      return Uni.createFrom().nullItem();
    }
    var header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    var matcher = HEADER.matcher(header == null ? "" : header);
    if (!matcher.matches()) {
      return Uni.createFrom()
          .item(
              unauthorized("Authorization: send a token, after the word Token or the word Bearer"));
    }
    var organisation = request.getHeaderString(ORGANISATION);
    var wanted = organisation == null ? "" : organisation.strip();
    boolean personal = path.startsWith("/v1/me/");
    visitor.insistsOn(request.getHeaderString(HttpHeaders.IF_MATCH));
    var token = matcher.group(1);
    var answer = this.request.getCurrent().response();
    return callers
        .of(token)
        .map(
            caller -> {
              if (caller.isEmpty()) {
                return unauthorized("Authorization: the token is unknown, expired or revoked");
              }
              visitor.is(caller.get());
              return rate.count(Callers.fingerprint(token), answer)
                  .map(sentence -> answer(429, sentence))
                  .orElseGet(() -> admit(caller.get(), wanted, personal));
            });
  }

  /** Null: come in. */
  private @Nullable Response admit(Caller caller, String wanted, boolean personal) {
    Optional<Organisation> organisation =
        wanted.isEmpty() ? caller.onlyOrganisation() : caller.organisation(wanted);
    if (organisation.isEmpty() && !personal) {
      return wanted.isEmpty()
          ? answer(400, ORGANISATION + ": name one of your organisations by its identity or slug")
          : answer(404, ORGANISATION + ": you are in no organisation of that identity or slug");
    }
    organisation.ifPresent(visitor::comesFor);
    return null;
  }

  private static Response unauthorized(String message) {
    return Response.fromResponse(answer(401, message))
        .header(HttpHeaders.WWW_AUTHENTICATE, "Token")
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
        .build();
  }

  private static Response answer(int status, String message) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(new ErrorBody(message))
        .build();
  }
}
