package cloud.thalassa.lb.e2e;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A receiver of traces by OTLP over HTTP, which keeps all of them. */
final class Otlp implements AutoCloseable {
  private static final int PORT = 4318;

  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final String address;

  /** One span; {@code parent} is empty for the root of its trace. */
  record Span(
      String trace,
      String id,
      String parent,
      String name,
      Instant start,
      Instant end,
      Map<String, String> attributes) {}

  Otlp(String address) throws IOException {
    this.address = address;
    server = HttpServer.create(new InetSocketAddress(address, PORT), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          var request = UnknownFieldSet.parseFrom(exchange.getRequestBody());
          for (var resource : messages(request, 1)) {
            messages(resource, 2).forEach(scope -> messages(scope, 2).forEach(this::keep));
          }
          exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  String endpoint() {
    return "http://" + address + ":" + PORT;
  }

  /** Of one trace; none: it has not come yet. */
  List<Span> trace(String id) {
    return spans.stream().filter(span -> span.trace().equals(id)).toList();
  }

  /** By the numbers of opentelemetry.proto.trace.v1.Span. */
  private void keep(UnknownFieldSet span) {
    var attributes = new HashMap<String, String>();
    for (var attribute : messages(span, 9)) {
      for (var value : messages(attribute, 2)) {
        attributes.put(text(attribute, 1), text(value, 1));
      }
    }
    spans.add(
        new Span(
            hex(span, 1),
            hex(span, 2),
            hex(span, 4),
            text(span, 5),
            time(span, 7),
            time(span, 8),
            Map.copyOf(attributes)));
  }

  private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().stream().map(Otlp::parse).toList();
  }

  private static UnknownFieldSet parse(ByteString bytes) {
    try {
      return UnknownFieldSet.parseFrom(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ByteString bytes(UnknownFieldSet message, int field) {
    var values = message.getField(field).getLengthDelimitedList();
    return values.isEmpty() ? ByteString.EMPTY : values.getFirst();
  }

  private static String text(UnknownFieldSet message, int field) {
    return bytes(message, field).toStringUtf8();
  }

  private static String hex(UnknownFieldSet message, int field) {
    return HexFormat.of().formatHex(bytes(message, field).toByteArray());
  }

  private static Instant time(UnknownFieldSet message, int field) {
    var nanos = message.getField(field).getFixed64List().getFirst();
    return Instant.ofEpochSecond(0, nanos);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
