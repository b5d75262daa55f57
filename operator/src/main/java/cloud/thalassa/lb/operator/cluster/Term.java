package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.Again;
import cloud.thalassa.lb.operator.observe.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.operatorsdk.runtime.QuarkusConfigurationService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The reconcilers at work, from the day they lead to the day they do not. Every term has Operators
 * of its own, because one that was stopped may remember reconciliations as running for ever. Those
 * of the Gateway API have one to themselves, which begins when the cluster has that API.
 */
final class Term {
  /** They would go on showing the numbers of the term before. */
  private static final List<String> GAUGES =
      List.of("reconciliations.active", "reconciliations.queue", "custom_resources");

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final MeterRegistry meters;
  private final QuarkusConfigurationService configuration;
  private final Iterable<Reconciler<? extends HasMetadata>> reconcilers;
  private final Turns turns;
  private final Cluster cluster;
  private final List<Operator> operators = new ArrayList<>();
  private @Nullable Again waiting;

  Term(
      MeterRegistry meters,
      QuarkusConfigurationService configuration,
      Iterable<Reconciler<? extends HasMetadata>> reconcilers,
      Turns turns,
      Cluster cluster) {
    this.meters = meters;
    this.configuration = configuration;
    this.reconcilers = reconcilers;
    this.turns = turns;
    this.cluster = cluster;
  }

  synchronized void begin() {
    end();
    GAUGES.forEach(name -> meters.find(name).meters().forEach(meters::remove));
    turns.begin();
    start(all().filter(reconciler -> !(reconciler instanceof OfGatewayApi)));
    waiting = Again.start("to begin with Gateways", this::beginWithGateways);
  }

  synchronized void end() {
    turns.end();
    if (waiting != null) {
      waiting.close();
      waiting = null;
    }
    operators.forEach(Operator::stop);
    operators.clear();
  }

  private synchronized @Nullable Duration beginWithGateways() {
    if (Thread.currentThread().isInterrupted()) {
      return null; // of a term that has ended
    }
    if (!cluster.gateways().present()) {
      return LOOK_AGAIN;
    }
    start(all().filter(OfGatewayApi.class::isInstance));
    return null;
  }

  private Stream<Reconciler<? extends HasMetadata>> all() {
    return StreamSupport.stream(reconcilers.spliterator(), false);
  }

  private void start(Stream<Reconciler<? extends HasMetadata>> which) {
    var own = TermConfiguration.of(configuration);
    var next = new Operator(own);
    operators.add(next);
    which.forEach(reconciler -> register(next, reconciler, own));
    try {
      next.start();
    } catch (RuntimeException e) {
      operators.remove(next);
      next.stop();
      throw e;
    }
  }

  private static <P extends HasMetadata> void register(
      Operator next, Reconciler<P> reconciler, QuarkusConfigurationService own) {
    var annotated = own.getConfigurationFor(reconciler);
    var annotation = reconciler.getClass().getAnnotation(ControllerConfiguration.class);
    boolean all = annotation != null && annotation.triggerReconcilerOnAllEvents();
    var controller = new Controller<>(annotated, all);
    controller.setParent(own);
    next.register(reconciler, controller);
  }
}
