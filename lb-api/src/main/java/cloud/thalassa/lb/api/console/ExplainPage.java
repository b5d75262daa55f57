package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.rest.ExplainResource;
import cloud.thalassa.lb.api.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The answer to the form of {@link BalancerPage}, as a part of that page. */
@Path("/console/loadbalancers")
@RunOnVirtualThread
class ExplainPage {
  private final ExplainResource explanations;

  ExplainPage(ExplainResource explanations) {
    this.explanations = explanations;
  }

  @GET
  @Path("{id}/explanation")
  public Response explain(
      String id,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("protocol") @Nullable String protocol) {
    return Pages.ok(Templates.explanation(answer(id, from, to, protocol)));
  }

  /** What is wrong with a question is said where the answer would be. */
  private Answer answer(
      String id, @Nullable String from, @Nullable String to, @Nullable String protocol) {
    try {
      return Answer.of(explanations.explain(id, stripped(from), stripped(to), protocol));
    } catch (RuntimeException failure) {
      var problem = Problem.of(failure).filter(it -> it.status() != 404);
      return Answer.none(problem.orElseThrow(() -> failure).message());
    }
  }

  /** A client's port does not matter unless somebody says it. */
  private static @Nullable String stripped(@Nullable String text) {
    return text == null ? null : text.strip();
  }
}
