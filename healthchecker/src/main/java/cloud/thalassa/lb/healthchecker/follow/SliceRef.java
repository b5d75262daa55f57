package cloud.thalassa.lb.healthchecker.follow;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Names a slice, and the report about it, which has the same name. */
public record SliceRef(String namespace, String name) {
  public static SliceRef of(HasMetadata object) {
    return new SliceRef(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
