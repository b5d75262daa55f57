package cloud.thalassa.lb.k8s;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** What files of the repository say. */
final class Repository {
  private Repository() {}

  /** The version in the root pom. */
  static String version() {
    var version = Pattern.compile("^  <version>(.*)</version>$", Pattern.MULTILINE);
    return version.matcher(read("pom.xml")).results().findFirst().orElseThrow().group(1);
  }

  static String read(String file) {
    try {
      return Files.readString(KubeTools.REPOSITORY.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  static JsonNode yaml(String file) {
    return parse(read(file));
  }

  /** Of a file that has several. */
  static List<JsonNode> documents(String file) {
    var mapper = Serialization.yamlMapper();
    try (var documents =
        mapper.readerFor(JsonNode.class).<JsonNode>readValues(mapper.createParser(read(file)))) {
      return documents.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  static JsonNode parse(String yaml) {
    try {
      return Serialization.yamlMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(yaml, e);
    }
  }
}
