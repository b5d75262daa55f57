package cloud.thalassa.lb.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.quarkiverse.operatorsdk.runtime.QuarkusControllerConfiguration;

/**
 * A controller that is also asked about objects that are to go and hold none of the framework's
 * finalizers. What a reconciler's annotation says about that, Quarkus passes over.
 */
final class AllEvents<P extends HasMetadata> extends QuarkusControllerConfiguration<P> {
  AllEvents(QuarkusControllerConfiguration<P> all) {
    super(
        all.getInformerConfig(),
        all.getName(),
        all.isGenerationAware(),
        all.getAssociatedReconcilerClassName(),
        all.getRetry(),
        all.getRateLimiter(),
        all.maxReconciliationInterval().orElse(null),
        all.getFinalizerName(),
        all.fieldManager(),
        all.getWorkflow(),
        all.getResourceTypeName(),
        all.getResourceClass());
  }

  @Override
  public boolean triggerReconcilerOnAllEvents() {
    return true;
  }
}
