package cloud.thalassa.lb.operator.observe;

import io.fabric8.kubernetes.api.model.Service;

/** Services, whole only where they may be ours. */
public final class SlimServices extends SlimStore<Service> {
  /** For the framework, which makes it. */
  public SlimServices() {
    super(Slim::service);
  }
}
