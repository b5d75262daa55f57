package cloud.thalassa.lb.operator.apply;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A checksum of what an object says: the same in every process, whatever order maps iterate in. It
 * guards against forgetting, not against malice.
 */
final class Fingerprint {
  private final CRC32C checksum = new CRC32C();

  private Fingerprint() {}

  static String of(JsonNode object) {
    var fingerprint = new Fingerprint();
    fingerprint.add(object);
    return Long.toHexString(fingerprint.checksum.getValue());
  }

  private void add(JsonNode node) {
    if (node.isObject()) {
      add("{");
      node.properties().stream()
          .sorted(Comparator.comparing(Map.Entry::getKey))
          .forEach(
              field -> {
                add(field.getKey() + ":");
                add(field.getValue());
              });
      add("}");
    } else if (node.isArray()) {
      add("[");
      node.forEach(this::add);
      add("]");
    } else {
      add(node + ",");
    }
  }

  private void add(String text) {
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
