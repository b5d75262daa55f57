package cloud.thalassa.lb.api.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What users can change of an object. */
final class Content {
  private Content() {}

  static boolean same(HasMetadata one, HasMetadata other) {
    return map(one.getMetadata().getLabels()).equals(map(other.getMetadata().getLabels()))
        && map(one.getMetadata().getAnnotations()).equals(map(other.getMetadata().getAnnotations()))
        && Objects.equals(spec(one), spec(other));
  }

  private static Map<String, String> map(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }

  private static @Nullable Object spec(HasMetadata object) {
    return object instanceof CustomResource<?, ?> ours ? ours.getSpec() : null;
  }
}
