package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.audit.AuditTrail;
import cloud.thalassa.lb.api.translate.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who changed what in the organisation, for its owners. */
@Path("/v1/audit")
public class AuditResource {
  private static final int MOST = 1000;
  private static final int USUAL = 100;

  private final AuditTrail trail;
  private final Visitor visitor;

  AuditResource(AuditTrail trail, Visitor visitor) {
    this.trail = trail;
    this.visitor = visitor;
  }

  /** The latest first; {@code before} an id, {@code limit} at most. */
  @GET
  public Uni<List<AuditTrail.Shown>> list(
      @QueryParam("before") @Nullable String before, @QueryParam("limit") @Nullable String limit) {
    var organisation = visitor.organisation();
    if (!visitor.caller().owns(organisation)) {
      throw Refusal.forbidden("the audit is for the owners of an organisation");
    }
    return trail.before(
        organisation.identity(),
        number("before", before, Long.MAX_VALUE, Long.MAX_VALUE),
        (int) number("limit", limit, USUAL, MOST));
  }

  private static long number(String field, @Nullable String text, long otherwise, long most) {
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("[1-9][0-9]{0,17}") || Long.parseLong(text) > most) {
      throw Refusal.invalid(field, "must be a whole number from 1 to " + most);
    }
    return Long.parseLong(text);
  }
}
