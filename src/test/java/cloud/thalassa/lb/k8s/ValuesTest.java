package cloud.thalassa.lb.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Values, their schema, and the table of the chart's README say the same. */
class ValuesTest {
  private static final JsonNode VALUES = Repository.yaml(Manifests.CHART + "/values.yaml");
  private static final JsonNode SCHEMA = Repository.yaml(Manifests.CHART + "/values.schema.json");

  /** What is said of a value. */
  private record Entry(JsonNode value, String meaning) {}

  @Test
  void theTableIsWhatTheSchemaSays() {
    assertThat(table()).containsExactlyInAnyOrderEntriesOf(schema());
  }

  private static Map<String, Entry> table() {
    var entries = new TreeMap<String, Entry>();
    var row = Pattern.compile("^\\| (`[a-z].*`) \\| `(.*)` \\| (.*) \\|$", Pattern.MULTILINE);
    row.matcher(Repository.read(Manifests.CHART + "/README.md"))
        .results()
        .forEach(
            found -> {
              for (var name : found.group(1).replace("`", "").split(", ")) {
                var value = Repository.parse(found.group(2));
                entries.put(name, new Entry(value, found.group(3)));
              }
            });
    return entries;
  }

  private static Map<String, Entry> schema() {
    var entries = new TreeMap<String, Entry>();
    collect("", SCHEMA, VALUES, entries);
    return entries;
  }

  /** What the schema describes is a value; what it only structures is not. */
  private static void collect(
      String name, JsonNode schema, JsonNode value, Map<String, Entry> entries) {
    var description = description(schema);
    if (!description.isEmpty()) {
      entries.put(name, new Entry(value, description));
      return;
    }
    for (var property : resolve(schema).path("properties").properties()) {
      if (!property.getKey().equals("global")) { // Helm's own, where the chart is part of another
        var path = name.isEmpty() ? property.getKey() : name + "." + property.getKey();
        assertThat(value.has(property.getKey())).as("values.yaml has %s", path).isTrue();
        collect(path, property.getValue(), value.get(property.getKey()), entries);
      }
    }
  }

  private static String description(JsonNode schema) {
    return schema.has("description")
        ? schema.get("description").asText()
        : resolve(schema).path("description").asText();
  }

  private static JsonNode resolve(JsonNode schema) {
    return schema.has("$ref") ? SCHEMA.at(schema.get("$ref").asText().substring(1)) : schema;
  }
}
