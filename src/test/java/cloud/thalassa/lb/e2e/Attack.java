package cloud.thalassa.lb.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A case of {@code attacks.yaml}: a call that the API server refuses, in these words.
 *
 * @param as who calls: {@code editor}, with the role {@code edit}, or {@code owner}, who may do
 *     anything in its namespace
 * @param impersonating whom it pretends to be; null: nobody
 */
record Attack(
    String name,
    String as,
    @Nullable String impersonating,
    String method,
    String path,
    String body,
    List<String> says) {

  static Stream<Attack> all() {
    try (var yaml = Attack.class.getResourceAsStream("/attacks.yaml")) {
      var cases = Serialization.yamlMapper().readTree(yaml);
      return StreamSupport.stream(cases.spliterator(), false).map(Attack::of);
    } catch (IOException e) {
      throw new UncheckedIOException("attacks.yaml", e);
    }
  }

  private static Attack of(JsonNode one) {
    var call = one.get("call").asText().split(" ");
    return new Attack(
        one.get("attack").asText(),
        one.path("as").asText("editor"),
        one.has("impersonating") ? one.get("impersonating").asText() : null,
        call[0],
        call[1],
        one.has("body") ? Repeats.expandAll(one.get("body")).toString() : "",
        StreamSupport.stream(one.get("says").spliterator(), false).map(JsonNode::asText).toList());
  }

  /** With names in place of {@code {mine}} and the like. */
  Attack in(Map<String, String> names) {
    return new Attack(
        name,
        as,
        impersonating == null ? null : replaced(impersonating, names),
        method,
        replaced(path, names),
        replaced(body, names),
        says);
  }

  private static String replaced(String text, Map<String, String> names) {
    for (var entry : names.entrySet()) {
      text = text.replace("{" + entry.getKey() + "}", entry.getValue());
    }
    return text;
  }

  Rest.Answer by(Rest caller) {
    return caller.call(
        method,
        path,
        body,
        impersonating == null ? Map.of() : Map.of("Impersonate-User", impersonating));
  }

  @Override
  public String toString() {
    return name;
  }
}
