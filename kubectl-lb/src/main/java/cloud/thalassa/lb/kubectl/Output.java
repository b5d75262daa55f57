package cloud.thalassa.lb.kubectl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to say it. */
final class Output {
  enum Format {
    JSON,
    YAML,
    WIDE
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "json|yaml|wide",
      description = "For programs, or with more columns.")
  @Nullable Format format;

  boolean wide() {
    return format == Format.WIDE;
  }

  /** Whether a program reads it. */
  boolean forPrograms() {
    return format == Format.JSON || format == Format.YAML;
  }

  /** The value for programs; null: it is for people. */
  @Nullable String document(Object value) {
    return switch (format) {
      case JSON -> json(value);
      case YAML -> new KubernetesSerialization().asYaml(value).replaceFirst("^---\n", "").strip();
      case WIDE -> null;
      case null -> null;
    };
  }

  private static String json(Object value) {
    try {
      return JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records can be written as JSON", e);
    }
  }
}
