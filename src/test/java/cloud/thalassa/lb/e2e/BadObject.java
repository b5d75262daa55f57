package cloud.thalassa.lb.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A case of {@code bad-objects/*.yaml}: {@code object} is refused, or, where {@code before} is
 * given, the change from {@code before} to it.
 */
record BadObject(String name, @Nullable ObjectNode before, ObjectNode object, List<String> says) {
  static final List<String> KINDS =
      List.of("loadbalancer", "listener", "targetgroup", "securitygroup", "subnet");

  static Stream<BadObject> all() {
    return KINDS.stream().flatMap(BadObject::ofKind);
  }

  static ObjectNode good(String kind) {
    return (ObjectNode) file(kind).get("good");
  }

  private static Stream<BadObject> ofKind(String kind) {
    var cases = file(kind).withArray("cases");
    return StreamSupport.stream(cases.spliterator(), false).map(one -> of(kind, one));
  }

  private static BadObject of(String kind, JsonNode one) {
    var first = good(kind);
    merge(first, one.path("with"));
    var last = first.deepCopy();
    merge(last, one.path("then"));
    var says =
        StreamSupport.stream(one.get("says").spliterator(), false).map(JsonNode::asText).toList();
    var name = kind + ": " + one.get("case").asText();
    return new BadObject(name, one.has("then") ? first : null, last, says);
  }

  private static JsonNode file(String kind) {
    var resource = "/bad-objects/" + kind + ".yaml";
    try (var yaml = BadObject.class.getResourceAsStream(resource)) {
      return Serialization.yamlMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  /** JSON merge patch (RFC 7396). */
  private static void merge(ObjectNode target, JsonNode patch) {
    for (var field : patch.properties()) {
      var value = Repeats.expand(field.getValue());
      if (value.isNull()) {
        target.remove(field.getKey());
      } else if (value.isObject() && target.path(field.getKey()).isObject()) {
        merge((ObjectNode) target.get(field.getKey()), value);
      } else {
        target.set(field.getKey(), withExpandedItems(value));
      }
    }
  }

  private static JsonNode withExpandedItems(JsonNode value) {
    if (value instanceof ObjectNode object) {
      var copy = JsonNodeFactory.instance.objectNode();
      merge(copy, object);
      return copy;
    }
    if (value instanceof ArrayNode array) {
      var copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> copy.add(withExpandedItems(item)));
      return copy;
    }
    return value;
  }

  @Override
  public String toString() {
    return name;
  }
}
