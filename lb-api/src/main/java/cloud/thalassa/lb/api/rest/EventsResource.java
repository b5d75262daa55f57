package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.translate.Refusal;
import cloud.thalassa.lb.api.wire.EventView;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

@Path("/v1/loadbalancers/{id}/events")
@RunOnVirtualThread
class EventsResource {
  private final Desk desk;
  private final Visitor visitor;
  private final EventStreams streams;
  private final CurrentVertxRequest request;
  private final ObjectMapper json;

  EventsResource(
      Desk desk,
      Visitor visitor,
      EventStreams streams,
      CurrentVertxRequest request,
      ObjectMapper json) {
    this.desk = desk;
    this.visitor = visitor;
    this.streams = streams;
    this.request = request;
    this.json = json;
  }

  /** What happens from now on, or after an event that is known: 0 for all that is kept. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = EventView.class)))
  public void follow(
      String id,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @Nullable String last,
      @QueryParam("after") @Nullable String after,
      @Context SseEventSink sink,
      @Context Sse sse) {
    desk.world().loadBalancer(id);
    var known =
        last != null ? number(HttpHeaders.LAST_EVENT_ID_HEADER, last) : number("after", after);
    var connection = request.getCurrent().request().connection();
    streams.open(visitor.organisation(), id, known, new Client(sink, sse, connection, json));
  }

  private static @Nullable Long number(String field, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw Refusal.invalid(field, "must be the id of an event");
    }
    return Long.valueOf(text);
  }
}
