package cloud.thalassa.lb.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What our programs asked the API server for, as it noted it down. */
final class AuditLog {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SYSTEM = "system:serviceaccount:" + Platform.NAMESPACE + ":";

  private final Path file;
  private final Set<Right> used = new TreeSet<>();
  private final Set<Right> forbidden = new TreeSet<>();
  private long position;

  AuditLog(Path file) {
    this.file = file;
  }

  /** Rights that were used so far. */
  Set<Right> used() {
    read();
    return used;
  }

  /** What was asked for and not permitted. */
  Set<Right> forbidden() {
    read();
    return forbidden;
  }

  private void read() {
    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      log.seek(position);
      var bytes = new byte[Math.toIntExact(log.length() - position)];
      log.readFully(bytes);
      var end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--; // the last event is still being written
      }
      position += end;
      for (var line : new String(bytes, 0, end, StandardCharsets.UTF_8).split("\n")) {
        if (!line.isEmpty()) {
          add(JSON.readTree(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the audit log cannot be read", e);
    }
  }

  private void add(JsonNode event) {
    var component = component(event);
    var object = event.path("objectRef");
    if (component == null || object.isMissingNode()) {
      return;
    }
    var verb = event.path("verb").asText();
    var decision = event.at("/annotations/authorization.k8s.io~1decision").asText();
    if (decision.equals("forbid")) {
      forbidden.add(right(component, verb, object));
      return;
    }
    used.add(right(component, verb, object));
    if (verb.equals("patch") && event.at("/responseStatus/code").asInt() == 201) {
      used.add(right(component, "create", object)); // by server-side apply
    }
  }

  private static Right right(String component, String verb, JsonNode object) {
    var subresource = object.path("subresource").asText();
    return new Right(
        component,
        verb,
        object.path("apiGroup").asText(),
        object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
        verb.equals("create") ? "" : object.path("name").asText());
  }

  /** Null: none of ours, or somebody who has only its account. */
  private static @Nullable String component(JsonNode event) {
    var user = event.at("/user/username").asText();
    if (event.has("impersonatedUser")
        || !event.path("userAgent").asText().startsWith("fabric8-kubernetes-client")) {
      return null;
    }
    if (user.startsWith(SYSTEM)) {
      return user.substring(SYSTEM.length());
    }
    return user.matches("system:serviceaccount:[^:]+:lb-.+") ? "dataplane" : null;
  }
}
