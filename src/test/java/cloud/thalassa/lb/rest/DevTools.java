package cloud.thalassa.lb.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The DevTools protocol of Chromium, with one page. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS = 30;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final AtomicInteger number = new AtomicInteger();
  private final StringBuilder part = new StringBuilder();
  private WebSocket socket;
  private String page = "";

  private DevTools() {}

  static DevTools connect(String address) {
    var tools = new DevTools();
    tools.socket = tools.client.newWebSocketBuilder().buildAsync(URI.create(address), tools).join();
    var target = tools.call("Target.createTarget", Map.of("url", "about:blank"));
    tools.page =
        tools
            .call(
                "Target.attachToTarget",
                Map.of("targetId", target.get("targetId").asText(), "flatten", true))
            .get("sessionId")
            .asText();
    return tools;
  }

  JsonNode call(String method, Map<String, ?> parameters) {
    int id = number.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    asked.put(id, answer);
    var message = new HashMap<String, Object>();
    message.put("id", id);
    message.put("method", method);
    message.put("params", parameters);
    if (!page.isEmpty()) {
      message.put("sessionId", page);
    }
    try {
      socket.sendText(JSON.writeValueAsString(message), true).get(SECONDS, TimeUnit.SECONDS);
      return answer.get(SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(method, e);
    } finally {
      asked.remove(id);
    }
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      take(part.toString());
      part.setLength(0);
    }
    socket.request(1);
    return null;
  }

  private void take(String text) {
    try {
      var message = JSON.readTree(text);
      if (message.has("id")) {
        var answer = asked.get(message.get("id").asInt());
        if (answer != null && message.has("error")) {
          answer.completeExceptionally(new IOException(message.get("error").toString()));
        } else if (answer != null) {
          answer.complete(message.path("result"));
        }
        return;
      }
      switch (message.path("method").asText()) {
        case "Runtime.exceptionThrown" -> complaints.add(message.path("params").toString());
        case "Log.entryAdded" -> {
          var entry = message.path("params").path("entry");
          if (entry.path("level").asText().equals("error")
              && !entry.path("source").asText().equals("network")) { // answers that were meant
            complaints.add(entry.path("text").asText() + " " + entry.path("url").asText());
          }
        }
        default -> {}
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
  }
}
