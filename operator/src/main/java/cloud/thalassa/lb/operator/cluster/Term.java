package cloud.thalassa.lb.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reconcilers at work, from the day they lead to the day they do not. Every term has an
 * Operator of its own, because one that was stopped may remember reconciliations as running for
 * ever.
 */
final class Term {
  /** They would go on showing the numbers of the term before. */
  private static final List<String> GAUGES =
      List.of("reconciliations.active", "reconciliations.queue", "custom_resources");

  private final MeterRegistry meters;
  private final ConfigurationService configuration;
  private final Iterable<Reconciler<? extends HasMetadata>> reconcilers;
  private @Nullable Operator operator;

  Term(
      MeterRegistry meters,
      ConfigurationService configuration,
      Iterable<Reconciler<? extends HasMetadata>> reconcilers) {
    this.meters = meters;
    this.configuration = configuration;
    this.reconcilers = reconcilers;
  }

  synchronized void begin() {
    end();
    GAUGES.forEach(name -> meters.find(name).meters().forEach(meters::remove));
    var next = new Operator(configuration);
    operator = next;
    for (var reconciler : reconcilers) {
      next.register(reconciler);
    }
    next.start();
  }

  synchronized void end() {
    if (operator != null) {
      operator.stop();
      operator = null;
    }
  }
}
