package cloud.thalassa.lb.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/** Names an object of any kind. */
record ObjectKey(String kind, @Nullable String namespace, String name) {
  static ObjectKey of(HasMetadata object) {
    var metadata = object.getMetadata();
    return new ObjectKey(object.getKind(), metadata.getNamespace(), metadata.getName());
  }
}
