package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.audit.AuditTrail;
import cloud.thalassa.lb.api.audit.Entry;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Has every request recorded that was to change something, or whose sender was not let in. */
@Singleton
class AuditFilter {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final List<String> RECORDED = List.of("/v1/", "/oidc/", "/console/");
  private static final int LONGEST = 512;
  private static final int UNAUTHORIZED = 401;

  /** Anybody can be refused: of that no more is recorded than the database holds. */
  private static final int REFUSALS = 600;

  private final InstantSource clock = InstantSource.system();
  private final Allowance refusals =
      new Allowance(REFUSALS, Duration.ofMinutes(1), System::nanoTime);
  private final AuditTrail trail;
  private final Visitor visitor;
  private final CurrentVertxRequest request;

  AuditFilter(AuditTrail trail, Visitor visitor, CurrentVertxRequest request) {
    this.trail = trail;
    this.visitor = visitor;
    this.request = request;
  }

  @ServerResponseFilter
  public void record(ContainerRequestContext asked, ContainerResponseContext answer) {
    boolean refused = answer.getStatus() == UNAUTHORIZED;
    var path = asked.getUriInfo().getPath();
    boolean reading = READING.contains(asked.getMethod()) || visitor.looks();
    if (RECORDED.stream().noneMatch(path::startsWith)
        || (reading && !refused)
        || (refused && !refusals.ask("").granted())) {
      return;
    }
    var current = request.getCurrent();
    trail.record(
        new Entry(
            visitor.organisationIdentity().orElse(null),
            clock.instant(),
            bounded(visitor.subject()),
            asked.getMethod(),
            bounded(path),
            answer.getStatus(),
            String.valueOf(current.response().headers().get(Paths.REQUEST_ID)),
            String.valueOf(current.request().remoteAddress().hostAddress())));
  }

  /** What PostgreSQL takes as a text, and not too much of it. */
  private static String bounded(String text) {
    var plain = text.replace('\0', ' ');
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST);
  }
}
