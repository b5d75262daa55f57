package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.ApiConfig;
import cloud.thalassa.lb.api.rest.Visitor;
import cloud.thalassa.lb.api.tenant.Caller;
import cloud.thalassa.lb.api.tenant.Callers;
import cloud.thalassa.lb.api.tenant.Sessions;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** In and out, and for which organisation. */
@Path("/console")
class SignInPage {
  private static final String WRONG = "This token is unknown, expired or revoked.";

  private final Callers callers;
  private final Sessions sessions;
  private final Visitor visitor;
  private final SignedIn signedIn;
  private final Pages pages;
  private final Duration lifetime;

  SignInPage(
      Callers callers,
      Sessions sessions,
      Visitor visitor,
      SignedIn signedIn,
      Pages pages,
      ApiConfig config) {
    this.callers = callers;
    this.sessions = sessions;
    this.visitor = visitor;
    this.signedIn = signedIn;
    this.pages = pages;
    this.lifetime = config.console().session();
  }

  @GET
  public Response root() {
    return Addresses.seeOther(Addresses.BALANCERS);
  }

  @GET
  @Path("sign-in")
  public Response ask(@QueryParam("next") @Nullable String next) {
    return Pages.ok(Templates.signIn(pages.page("Sign in", ""), Addresses.next(next), ""));
  }

  @POST
  @Path("sign-in")
  public Uni<Response> signIn(Form form, @Context ContainerRequestContext request) {
    var token = form.text("token");
    var next = Addresses.next(form.text("next"));
    if (token.isEmpty() || token.length() > 512) {
      return Uni.createFrom().item(refused(next, token.isEmpty() ? "Paste a token first." : WRONG));
    }
    return callers
        .of(token)
        .invoke(caller -> caller.ifPresent(this::known))
        .chain(() -> sessions.begin(token, lifetime))
        .map(
            secret ->
                secret
                    .map(
                        it ->
                            Response.fromResponse(Addresses.seeOther(next))
                                .cookie(Cookies.of(Cookies.SESSION, it, lifetime, request))
                                .build())
                    .orElseGet(() -> refused(next, WRONG)));
  }

  /** For the audit. */
  private void known(Caller caller) {
    visitor.is(caller);
    caller.onlyOrganisation().ifPresent(visitor::comesFor);
  }

  private Response refused(String next, String message) {
    return Pages.answer(401, Templates.signIn(pages.page("Sign in", ""), next, message));
  }

  @POST
  @Path("sign-out")
  public Uni<Response> signOut(Form form, @Context ContainerRequestContext request) {
    return sessions
        .end(signedIn.secret())
        .map(
            _ ->
                Response.fromResponse(Addresses.seeOther(Addresses.SIGN_IN))
                    .cookie(Cookies.none(Cookies.SESSION, request))
                    .build());
  }

  @POST
  @Path("organisation")
  public Response choose(Form form, @Context ContainerRequestContext request) {
    visitor.onlyLooks();
    return Response.fromResponse(Addresses.seeOther(Addresses.BALANCERS))
        .cookie(Cookies.of(Cookies.ORGANISATION, form.text("organisation"), lifetime, request))
        .build();
  }
}
