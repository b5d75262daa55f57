package cloud.thalassa.lb.operator.check;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/**
 * A valid object and where it is written.
 *
 * @param object its typed form, with the namespace filled in
 */
public record Manifest(Identity identity, Document document, HasMetadata object) {

  Map<String, Object> value() {
    return document.value();
  }

  /** A finding about a field of this object. */
  public Finding finding(String path, String sentence) {
    return document.finding(identity.toString(), path, sentence);
  }
}
