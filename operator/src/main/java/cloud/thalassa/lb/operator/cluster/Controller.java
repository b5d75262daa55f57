package cloud.thalassa.lb.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.quarkiverse.operatorsdk.runtime.QuarkusControllerConfiguration;
import java.time.Duration;

/**
 * A reconciler's controller with what Quarkus does not carry over from the annotations: whether it
 * is also asked about objects that are to go and hold none of the framework's finalizers, and when
 * it tries again. (It records the latter as a bean of which one setter is overloaded, and whether
 * that value arrives is another matter in each build.)
 */
final class Controller<P extends HasMetadata> extends QuarkusControllerConfiguration<P> {
  private final boolean allEvents;

  Controller(QuarkusControllerConfiguration<P> recorded, boolean allEvents) {
    super(
        recorded.getInformerConfig(),
        recorded.getName(),
        recorded.isGenerationAware(),
        recorded.getAssociatedReconcilerClassName(),
        persistent(),
        recorded.getRateLimiter(),
        recorded.maxReconciliationInterval().orElse(null),
        recorded.getFinalizerName(),
        recorded.fieldManager(),
        recorded.getWorkflow(),
        recorded.getResourceTypeName(),
        recorded.getResourceClass());
    this.allEvents = allEvents;
  }

  @Override
  public boolean triggerReconcilerOnAllEvents() {
    return allEvents;
  }

  /**
   * After 200 ms, and from the third time on after twice as long as before, at most 10 s, for ever.
   */
  static Retry persistent() {
    return new GenericRetry()
        .setInitialInterval(Duration.ofMillis(200))
        .setIntervalMultiplier(2)
        .setMaxInterval(10_000)
        .setMaxAttempts(-1);
  }
}
