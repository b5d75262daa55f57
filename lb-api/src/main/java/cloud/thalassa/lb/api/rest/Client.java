package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.wire.EventView;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpConnection;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Who reads a stream: gets the next event when he has taken the last one. */
final class Client {
  private final SseEventSink sink;
  private final Sse sse;
  private final HttpConnection connection;
  private final ObjectMapper json;

  Client(SseEventSink sink, Sse sse, HttpConnection connection, ObjectMapper json) {
    this.sink = sink;
    this.sse = sse;
    this.connection = connection;
    this.json = json;
  }

  /** Is gone, or takes nothing any more. */
  static final class Lost extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean slow;

    private Lost(boolean slow, String sentence) {
      super(sentence);
      this.slow = slow;
    }

    boolean slow() {
      return slow;
    }
  }

  boolean isGone() {
    return sink.isClosed();
  }

  void send(EventView event, Duration patience) throws Lost, InterruptedException {
    var builder = sse.newEventBuilder().id(event.id()).name(event.type());
    send(builder.data(text(event)).build(), patience);
  }

  void comment(String words, Duration patience) throws Lost, InterruptedException {
    send(sse.newEventBuilder().comment(words).build(), patience);
  }

  /** With a reason; who does not even take that loses the connection. */
  void end(String reason, Duration patience) throws InterruptedException {
    try {
      send(ending(reason), patience);
      sink.close();
    } catch (Lost e) {
      var _ = connection.close();
    }
  }

  private OutboundSseEvent ending(String reason) {
    return sse.newEventBuilder().name("end").data(text(new ErrorBody(reason))).build();
  }

  /** Here, for the framework would say of every event that it is JSON. */
  private String text(Object body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("records can be written as JSON", e);
    }
  }

  private void send(OutboundSseEvent event, Duration patience) throws Lost, InterruptedException {
    try {
      sink.send(event).toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Lost(
          true,
          "no byte was taken for %d s: come again and read faster".formatted(patience.toSeconds()));
    } catch (ExecutionException | IllegalStateException e) {
      throw new Lost(false, "gone");
    }
  }
}
