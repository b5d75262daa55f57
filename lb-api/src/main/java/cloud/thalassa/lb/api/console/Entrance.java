package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.rest.Problem;
import cloud.thalassa.lb.api.rest.RateLimit;
import cloud.thalassa.lb.api.rest.Visitor;
import cloud.thalassa.lb.api.tenant.Caller;
import cloud.thalassa.lb.api.tenant.Organisation;
import cloud.thalassa.lb.api.tenant.Sessions;
import cloud.thalassa.lb.api.tenant.Sessions.Session;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Lets in who is signed in, and sends others to where they can do so. */
@Singleton
class Entrance {
  private final Sessions sessions;
  private final Visitor visitor;
  private final SignedIn signedIn;
  private final RateLimit rate;
  private final Pages pages;
  private final CurrentVertxRequest current;

  Entrance(
      Sessions sessions,
      Visitor visitor,
      SignedIn signedIn,
      RateLimit rate,
      Pages pages,
      CurrentVertxRequest current) {
    this.sessions = sessions;
    this.visitor = visitor;
    this.signedIn = signedIn;
    this.rate = rate;
    this.pages = pages;
    this.current = current;
  }

  @ServerRequestFilter(nonBlocking = true, priority = 1000)
  public Uni<Response> enter(ContainerRequestContext request) {
    var path = request.getUriInfo().getPath();
    if (!Addresses.isConsole(path) || path.startsWith(Addresses.ASSETS)) {
      return answer(null);
    }
    if (!SameOrigin.asks(request.getMethod(), request::getHeaderString)) {
      return answer(pages.of(new Problem(403, "this form is not one of the console's own")));
    }
    if (path.equals(Addresses.SIGN_IN)) {
      return answer(null);
    }
    var secret = Cookies.value(request, Cookies.SESSION);
    return secret == null
        ? answer(away(request))
        : sessions
            .of(secret)
            .map(it -> it.isPresent() ? admit(request, it.get(), secret) : away(request));
  }

  /** Null: come in. */
  private @Nullable Response admit(
      ContainerRequestContext request, Session session, String secret) {
    visitor.is(session.caller());
    signedIn.with(secret);
    var organisation = organisation(session.caller(), Cookies.value(request, Cookies.ORGANISATION));
    if (organisation.isEmpty()) {
      return pages.of(new Problem(403, "whoever has this token is in no organisation"));
    }
    visitor.comesFor(organisation.get());
    return rate.count(session.token(), current.getCurrent().response())
        .map(sentence -> pages.of(new Problem(429, sentence)))
        .orElse(null);
  }

  private static Optional<Organisation> organisation(Caller caller, @Nullable String chosen) {
    return Optional.ofNullable(chosen)
        .flatMap(caller::organisation)
        .or(() -> caller.memberships().stream().map(Caller.Membership::organisation).findFirst());
  }

  /** A part of a page that asks in the background says to the page that it has to go. */
  private static Response away(ContainerRequestContext request) {
    var next = request.getMethod().equals("GET") ? request.getUriInfo().getRequestUri() : null;
    if (request.getHeaderString("HX-Request") != null) {
      return Response.status(401).header("HX-Redirect", Addresses.SIGN_IN).build();
    }
    return Addresses.seeOther(Addresses.signIn(next));
  }

  private static Uni<Response> answer(@Nullable Response response) {
    return response == null ? Uni.createFrom().nullItem() : Uni.createFrom().item(response);
  }
}
