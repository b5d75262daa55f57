package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.rest.ErrorPages;
import cloud.thalassa.lb.api.rest.Problem;
import cloud.thalassa.lb.api.rest.Visitor;
import cloud.thalassa.lb.api.tenant.Caller.Membership;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** Makes answers of templates. */
@ApplicationScoped
class Pages implements ErrorPages {
  private static final String HTML = "text/html;charset=UTF-8";

  private final Visitor visitor;
  private final SignedIn signedIn;
  private final Page.Files files;

  Pages(Visitor visitor, SignedIn signedIn, Assets assets) {
    this.visitor = visitor;
    this.signedIn = signedIn;
    this.files =
        new Page.Files(
            assets.address("console.css"),
            assets.address("console.js"),
            assets.address("htmx.min.js"),
            assets.address("icon.svg"));
  }

  /** What the templates of all pages take. */
  Page page(String title, String section) {
    if (visitor.organisationIdentity().isEmpty() || !signedIn.is()) {
      return new Page(title, section, "", "", List.of(), false, "", files);
    }
    var caller = visitor.caller();
    var organisation = visitor.organisation();
    var choices =
        caller.memberships().stream()
            .map(Membership::organisation)
            .map(
                it ->
                    new Choice(
                        it.identity(), it.name(), it.identity().equals(organisation.identity())))
            .toList();
    return new Page(
        title,
        section,
        caller.name().isEmpty() ? caller.subject() : caller.name(),
        organisation.name(),
        choices,
        caller.owns(organisation),
        signedIn.stamp(),
        files);
  }

  static Response ok(TemplateInstance template) {
    return answer(200, template);
  }

  static Response answer(int status, TemplateInstance template) {
    return Response.status(status).type(HTML).entity(template.render()).build();
  }

  Response of(Problem problem) {
    var title =
        switch (problem.status()) {
          case 403 -> "Not allowed";
          case 404 -> "Not found";
          case 429 -> "Too many requests";
          case 503 -> "Not available";
          default -> problem.status() < 500 ? "Not done" : "Failed";
        };
    return answer(problem.status(), Templates.problem(page(title, ""), problem.message()));
  }

  @Override
  public Optional<Response> page(String path, Problem problem) {
    return Addresses.isConsole(path) ? Optional.of(of(problem)) : Optional.empty();
  }
}
