package cloud.thalassa.lb.rest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Somebody who reads a stream of events, as fast as they come. */
final class EventReader implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpResponse<Stream<String>> response;
  private volatile boolean ended;

  EventReader(String url, String token, Map<String, String> headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Token " + token);
    headers.forEach(request::header);
    response = client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (var body = response.body()) {
      body.forEach(lines::add);
    } catch (java.io.UncheckedIOException cut) {
      // that is an end too
    }
    ended = true;
  }

  int status() {
    return response.statusCode();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  boolean ended() {
    return ended;
  }

  /** What followed {@code data:}. */
  List<String> data() {
    return of("data:");
  }

  List<String> ids() {
    return of("id:");
  }

  List<String> names() {
    return of("event:");
  }

  List<String> comments() {
    return of(":");
  }

  private List<String> of(String field) {
    return lines.stream()
        .filter(line -> line.startsWith(field))
        .map(line -> line.substring(field.length()).strip())
        .toList();
  }

  @Override
  public String toString() {
    return status() + (ended ? ", ended, " : ", open, ") + lines;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
