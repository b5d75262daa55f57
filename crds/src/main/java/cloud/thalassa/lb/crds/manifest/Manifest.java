package cloud.thalassa.lb.crds.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A valid object and where it is written.
 *
 * @param object its typed form, with the namespace filled in
 */
public record Manifest(Identity identity, Document document, HasMetadata object) {

  public Map<String, Object> value() {
    return document.value();
  }

  public String file() {
    return document.file();
  }

  /** Whether both say the same, wherever they are written. */
  public boolean saysTheSameAs(@Nullable Manifest other) {
    return other != null && other.value().equals(value());
  }

  /** A finding about a field of this object. */
  public Finding finding(String path, String sentence) {
    return document.finding(identity.toString(), path, sentence);
  }
}
