package cloud.thalassa.lb.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Objects without the record of who wrote which field, which is most of a small object. */
public final class SlimObjects<T extends HasMetadata> extends SlimStore<T> {
  /** For the framework, which makes it. */
  public SlimObjects() {
    super(Slim::withoutManagers);
  }
}
