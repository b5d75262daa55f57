package cloud.thalassa.lb.dataplane;

import cloud.thalassa.lb.crds.replica.Question;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What this replica says on its management port; on a worker, as rules and targets may be many. */
final class Answers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Answers() {}

  static void explain(RoutingContext asked, @Nullable Dataplane dataplane) {
    var parameters = asked.queryParams();
    Question question;
    try {
      question =
          Question.parse(parameters.get("from"), parameters.get("to"), parameters.get("protocol"));
    } catch (IllegalArgumentException e) {
      send(asked, 400, Map.of("message", String.valueOf(e.getMessage())));
      return;
    }
    var explanation = dataplane == null ? null : dataplane.explain(question);
    if (explanation == null) {
      send(asked, 503, Map.of("message", "the documents of this replica are not all known yet"));
    } else {
      send(asked, 200, explanation);
    }
  }

  static void usage(RoutingContext asked, @Nullable Dataplane dataplane) {
    var after = asked.queryParams().get("after");
    if (after != null && !after.matches("[0-9]{1,18}")) {
      send(asked, 400, Map.of("message", "after: must be a minute, as a number since 1970"));
    } else if (dataplane == null) {
      send(asked, 503, Map.of("message", "this replica has not started yet"));
    } else {
      send(asked, 200, dataplane.usage(after == null ? 0 : Long.parseLong(after)));
    }
  }

  private static void send(RoutingContext asked, int status, Object body) {
    try {
      var _ =
          asked
              .response()
              .setStatusCode(status)
              .putHeader("Content-Type", "application/json")
              .end(JSON.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records can be written as JSON", e);
    }
  }
}
