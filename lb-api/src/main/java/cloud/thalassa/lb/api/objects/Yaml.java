package cloud.thalassa.lb.api.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Objects as they would be applied with kubectl. */
final class Yaml {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  private Yaml() {}

  static String of(List<? extends HasMetadata> objects) {
    return objects.stream().map(Yaml::one).collect(Collectors.joining("---\n"));
  }

  private static String one(HasMetadata object) {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("name", object.getMetadata().getName());
    metadata.put("namespace", object.getMetadata().getNamespace());
    put(metadata, "labels", object.getMetadata().getLabels());
    put(metadata, "annotations", object.getMetadata().getAnnotations());
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("apiVersion", object.getApiVersion());
    document.put("kind", object.getKind());
    document.put("metadata", metadata);
    if (object instanceof CustomResource<?, ?> ours) {
      document.put("spec", ours.getSpec());
    }
    try {
      return YAML.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void put(
      Map<String, Object> metadata, String key, @Nullable Map<String, String> map) {
    if (map != null && !map.isEmpty()) {
      metadata.put(key, map);
    }
  }
}
