package cloud.thalassa.lb.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.operatorsdk.runtime.QuarkusConfigurationService;
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
  private final QuarkusConfigurationService configuration;
  private final Iterable<Reconciler<? extends HasMetadata>> reconcilers;
  private final Turns turns;
  private @Nullable Operator operator;

  Term(
      MeterRegistry meters,
      QuarkusConfigurationService configuration,
      Iterable<Reconciler<? extends HasMetadata>> reconcilers,
      Turns turns) {
    this.meters = meters;
    this.configuration = configuration;
    this.reconcilers = reconcilers;
    this.turns = turns;
  }

  synchronized void begin() {
    end();
    GAUGES.forEach(name -> meters.find(name).meters().forEach(meters::remove));
    turns.begin();
    var own = TermConfiguration.of(configuration);
    var next = new Operator(own);
    operator = next;
    for (var reconciler : reconcilers) {
      register(next, reconciler, own);
    }
    next.start();
  }

  synchronized void end() {
    turns.end();
    if (operator != null) {
      operator.stop();
      operator = null;
    }
  }

  private static <P extends HasMetadata> void register(
      Operator next, Reconciler<P> reconciler, QuarkusConfigurationService own) {
    var annotated = own.getConfigurationFor(reconciler);
    var annotation = reconciler.getClass().getAnnotation(ControllerConfiguration.class);
    boolean all = annotation != null && annotation.triggerReconcilerOnAllEvents();
    var controller = all ? new AllEvents<>(annotated) : annotated;
    controller.setParent(own);
    next.register(reconciler, controller);
  }
}
