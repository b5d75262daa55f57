package cloud.thalassa.lb.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What is too long to be written out: {@code {repeat: 5, of: a}} is a text of five letters, and of
 * anything else a list of five, in which {@code #} is the number of the item.
 */
final class Repeats {
  private Repeats() {}

  /** The node itself, or what it stands for; what is inside it stays as it is. */
  static JsonNode expand(JsonNode value) {
    if (!value.has("repeat")) {
      return value;
    }
    var times = value.get("repeat").asInt();
    var of = value.get("of");
    if (of.isTextual() && of.asText().length() == 1) {
      return TextNode.valueOf(of.asText().repeat(times));
    }
    var list = JsonNodeFactory.instance.arrayNode();
    for (var i = 0; i < times; i++) {
      list.add(numbered(of, i));
    }
    return list;
  }

  private static JsonNode numbered(JsonNode item, int number) {
    try {
      return Serialization.jsonMapper().readTree(item.toString().replace("#", "" + number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode expandAll(JsonNode value) {
    var expanded = expand(value);
    if (expanded != value) {
      return expanded;
    }
    if (value instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(expandAll(field.getValue())));
    } else if (value instanceof ArrayNode array) {
      for (var i = 0; i < array.size(); i++) {
        array.set(i, expandAll(array.get(i)));
      }
    }
    return value;
  }
}
