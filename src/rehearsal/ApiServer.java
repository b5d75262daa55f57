import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * {@code ApiServer DIRECTORY OBJECTS}: as much of a Kubernetes API server as the programs need to
 * start and to do their work once, so that {@code bin/train} can keep what they load for it. It
 * believes everybody and keeps everything in memory. It is also the pod that is served. DIRECTORY
 * has {@code keystore.p12}; the file {@code port} appears in it when the server listens, {@code
 * compiled} when the load balancer's ForwardingConfig is there, and {@code ready} when a Listener
 * is.
 */
public final class ApiServer {
  private static final String PASSWORD = "rehearsal";

  /** Of the pods in objects.yaml. */
  private static final int TARGET_PORT = 28390;

  private static final Place COMPILED =
      new Place("lb.thalassa.cloud/v1alpha1", "forwardingconfigs", "rehearsal", "web");

  private final Vertx vertx = Vertx.vertx();
  private final Map<Place, JsonObject> objects = new TreeMap<>();
  private final List<Watch> watches = new ArrayList<>();
  private final Path directory;
  private long version = 1;

  private ApiServer(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] arguments) throws IOException {
    var server = new ApiServer(Path.of(arguments[0]));
    var target = ownAddress();
    var objects = Files.readString(Path.of(arguments[1])).replace("TARGET_ADDRESS", target);
    var yaml = new ObjectMapper(new YAMLFactory());
    try (var values = yaml.readerFor(Map.class).<Map<String, Object>>readValues(objects)) {
      values.forEachRemaining(value -> server.put(new JsonObject(value)));
    }
    server.listen(target);
  }

  /** In a cluster nothing is relayed to a loopback address. */
  private static String ownAddress() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(it -> it instanceof Inet4Address && !it.isLoopbackAddress())
        .filter(it -> !it.isLinkLocalAddress())
        .map(InetAddress::getHostAddress)
        .findFirst()
        .orElse("127.0.0.1");
  }

  private void put(JsonObject object) {
    var metadata = object.getJsonObject("metadata");
    var group = object.getString("apiVersion");
    var resource = object.getString("kind").toLowerCase() + "s";
    store(
        new Place(group, resource, metadata.getString("namespace", ""), metadata.getString("name")),
        object);
  }

  private void listen(String target) {
    var _ =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.response().end("web\n"))
            .listen(TARGET_PORT, target);
    var options =
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setKeyCertOptions(
                new PfxOptions()
                    .setPath(directory.resolve("keystore.p12").toString())
                    .setPassword(PASSWORD));
    vertx
        .createHttpServer(options)
        .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
        .webSocketHandler(
            socket -> {
              var watch =
                  new Watch(
                      Place.of(socket.path()),
                      Selector.of(parameter(socket.query(), "labelSelector")),
                      socket::writeTextMessage);
              watches.add(watch);
              socket.closeHandler(_ -> watches.remove(watch));
            })
        .listen(0, "127.0.0.1")
        .onSuccess(server -> write("port", Integer.toString(server.actualPort())))
        .onFailure(e -> System.exit(1));
  }

  private void answer(HttpServerRequest request, Buffer body) {
    var path = request.path();
    if (path.equals("/version")) {
      reply(request, 200, new JsonObject().put("major", "1").put("minor", "34"));
      return;
    }
    var place = Place.of(path);
    var known = objects.get(place);
    var given = body.length() == 0 ? null : body.toJsonValue();
    switch (request.method().name()) {
      case "GET" -> {
        if (place.name().isEmpty()) {
          reply(request, 200, list(place, Selector.of(request.getParam("labelSelector"))));
        } else {
          reply(request, known == null ? 404 : 200, known == null ? status(404) : known);
        }
      }
      case "POST" -> {
        var object = (JsonObject) given;
        var metadata = object.getJsonObject("metadata", new JsonObject());
        var name = metadata.getString("name", "made-" + version);
        object.put("metadata", metadata.put("name", name));
        var at = place.named(name);
        if (objects.containsKey(at)) {
          reply(request, 409, status(409));
        } else {
          reply(request, 201, store(at, object));
        }
      }
      case "PUT", "PATCH" -> {
        var patched = given instanceof JsonArray steps ? patched(known, steps) : (JsonObject) given;
        var merged = known == null ? new JsonObject() : known.copy();
        reply(request, 200, store(place, merged.mergeIn(patched, true)));
      }
      case "DELETE" -> {
        if (known == null) {
          reply(request, 404, status(404));
        } else {
          objects.remove(place);
          tell("DELETED", place, known);
          reply(request, 200, known);
        }
      }
      default -> reply(request, 405, status(405));
    }
  }

  /** Enough of RFC 6902 for additions and replacements of whole fields. */
  private static JsonObject patched(JsonObject known, JsonArray steps) {
    var result = known == null ? new JsonObject() : known.copy();
    for (var step : steps) {
      var change = (JsonObject) step;
      var parts = change.getString("path").substring(1).split("/");
      var at = result;
      for (var i = 0; i < parts.length - 1; i++) {
        if (!(at.getValue(parts[i]) instanceof JsonObject)) {
          at.put(parts[i], new JsonObject());
        }
        at = at.getJsonObject(parts[i]);
      }
      at.put(parts[parts.length - 1], change.getValue("value"));
    }
    return result;
  }

  private JsonObject store(Place place, JsonObject object) {
    var known = objects.get(place);
    var metadata = object.getJsonObject("metadata", new JsonObject());
    object.put("metadata", metadata);
    metadata.put("name", place.name()).put("resourceVersion", Long.toString(++version));
    if (!place.namespace().isEmpty()) {
      metadata.put("namespace", place.namespace());
    }
    if (!metadata.containsKey("uid")) {
      metadata.put("uid", UUID.randomUUID().toString());
      metadata.put("creationTimestamp", Instant.now().toString());
    }
    if (known == null || !known.getValue("spec", "").equals(object.getValue("spec", ""))) {
      metadata.put("generation", metadata.getInteger("generation", 0) + 1);
    }
    objects.put(place, object);
    tell(known == null ? "ADDED" : "MODIFIED", place, object);
    if (place.equals(COMPILED)) {
      write("compiled", "");
    }
    if (place.resource().equals("listeners") && ready(object)) {
      write("ready", "");
    }
    return object;
  }

  private static boolean ready(JsonObject object) {
    var conditions =
        object
            .getJsonObject("status", new JsonObject())
            .getJsonArray("conditions", new JsonArray());
    return conditions.stream()
        .map(JsonObject.class::cast)
        .anyMatch(
            it -> it.getString("type").equals("Ready") && it.getString("status").equals("True"));
  }

  private JsonObject list(Place place, Selector selector) {
    var items = new JsonArray();
    objects.forEach(
        (at, object) -> {
          if (at.within(place) && selector.matches(object)) {
            items.add(object);
          }
        });
    return new JsonObject()
        .put("apiVersion", place.group())
        .put("kind", "List")
        .put("metadata", new JsonObject().put("resourceVersion", Long.toString(version)))
        .put("items", items);
  }

  private void tell(String type, Place place, JsonObject object) {
    var event = new JsonObject().put("type", type).put("object", object).encode();
    for (var watch : List.copyOf(watches)) {
      if (place.within(watch.place()) && watch.selector().matches(object)) {
        watch.socket().accept(event);
      }
    }
  }

  private static JsonObject status(int code) {
    return new JsonObject().put("kind", "Status").put("apiVersion", "v1").put("code", code);
  }

  private static void reply(HttpServerRequest request, int code, JsonObject body) {
    var _ =
        request
            .response()
            .setStatusCode(code)
            .putHeader("Content-Type", "application/json")
            .end(body.toBuffer());
  }

  private void write(String file, String text) {
    try {
      Files.writeString(directory.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String parameter(String query, String name) {
    var decoder = new QueryStringDecoder(query == null ? "" : query, false);
    return String.join(",", decoder.parameters().getOrDefault(name, List.of()));
  }

  private record Watch(Place place, Selector selector, Consumer<String> socket) {}

  /** An object, or where no name is given all of a resource; without a namespace of all of them. */
  private record Place(String group, String resource, String namespace, String name)
      implements Comparable<Place> {
    static Place of(String path) {
      var parts = List.of(path.substring(1).split("/"));
      var core = parts.getFirst().equals("api");
      var group = core ? part(parts, 1) : part(parts, 1) + "/" + part(parts, 2);
      var rest = parts.subList(Math.min(parts.size(), core ? 2 : 3), parts.size());
      return rest.size() > 2 && rest.getFirst().equals("namespaces")
          ? new Place(group, rest.get(2), rest.get(1), part(rest, 3))
          : new Place(group, part(rest, 0), "", part(rest, 1));
    }

    private static String part(List<String> parts, int index) {
      return index < parts.size() ? parts.get(index) : "";
    }

    Place named(String name) {
      return new Place(group, resource, namespace, name);
    }

    boolean within(Place other) {
      return group.equals(other.group)
          && resource.equals(other.resource)
          && (other.namespace.isEmpty() || namespace.equals(other.namespace));
    }

    @Override
    public int compareTo(Place other) {
      return toString().compareTo(other.toString());
    }
  }

  /** Of labels: {@code a=b,c}. */
  private record Selector(List<String> terms) {
    static Selector of(String text) {
      return new Selector(text == null || text.isEmpty() ? List.of() : List.of(text.split(",")));
    }

    boolean matches(JsonObject object) {
      var labels = object.getJsonObject("metadata").getJsonObject("labels", new JsonObject());
      return terms.stream()
          .allMatch(
              term -> {
                var pair = term.split("=", 2);
                return pair.length == 1
                    ? labels.containsKey(pair[0])
                    : pair[1].equals(labels.getString(pair[0]));
              });
    }
  }
}
