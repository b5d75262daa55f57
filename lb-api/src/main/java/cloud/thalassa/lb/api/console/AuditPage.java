package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.rest.AuditResource;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

@Path("/console/audit")
class AuditPage {
  private static final int MOST = 50;

  private final AuditResource audit;
  private final Pages pages;

  AuditPage(AuditResource audit, Pages pages) {
    this.audit = audit;
    this.pages = pages;
  }

  @GET
  public Uni<Response> list(@QueryParam("before") @Nullable String before) {
    var page = pages.page("Audit", "audit");
    return audit
        .list(before, Integer.toString(MOST))
        .map(
            entries ->
                Pages.ok(
                    Templates.audit(
                        page, entries, entries.size() < MOST ? "" : entries.getLast().id())));
  }
}
