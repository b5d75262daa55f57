package cloud.thalassa.lb.api.objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Objects as they are written into manifests. */
public final class Yaml {
  private static final ObjectWriter YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .build()
          .writer();
  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

  private Yaml() {}

  /** As they would be applied with kubectl. */
  public static String of(List<? extends HasMetadata> objects) {
    return objects.stream()
        .map(it -> text(YAML, it, Map.of()))
        .collect(Collectors.joining("---\n"));
  }

  /**
   * With what says which object it is, for there is no API server that would know.
   *
   * @param json rather than YAML
   */
  static String kept(HasMetadata object, boolean json) {
    var metadata = object.getMetadata();
    var kept = new LinkedHashMap<String, @Nullable Object>();
    put(kept, "uid", metadata.getUid());
    put(kept, "creationTimestamp", metadata.getCreationTimestamp());
    var text = text(json ? JSON : YAML, object, kept);
    return text.endsWith("\n") ? text : text + "\n";
  }

  private static String text(
      ObjectWriter writer, HasMetadata object, Map<String, @Nullable Object> kept) {
    var metadata = new LinkedHashMap<String, @Nullable Object>();
    metadata.put("name", object.getMetadata().getName());
    put(metadata, "namespace", object.getMetadata().getNamespace());
    put(metadata, "labels", object.getMetadata().getLabels());
    put(metadata, "annotations", object.getMetadata().getAnnotations());
    metadata.putAll(kept);
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("apiVersion", object.getApiVersion());
    document.put("kind", object.getKind());
    document.put("metadata", metadata);
    if (object instanceof CustomResource<?, ?> ours) {
      document.put("spec", ours.getSpec());
    }
    try {
      return writer.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void put(
      Map<String, @Nullable Object> metadata, String key, @Nullable Object value) {
    if (value != null && !value.equals("") && !(value instanceof Map<?, ?> map && map.isEmpty())) {
      metadata.put(key, value);
    }
  }
}
