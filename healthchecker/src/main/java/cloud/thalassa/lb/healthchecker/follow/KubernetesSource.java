package cloud.thalassa.lb.healthchecker.follow;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.ReplicaReport;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Documents of all namespaces, and the other checkers' in theirs, kept by informers. While the API
 * server is away they keep what they have and try again; nothing is handed over before each has
 * listed completely.
 */
public final class KubernetesSource implements Source {
  private static final Logger log = Logger.getLogger(KubernetesSource.class);
  private static final Duration BURST = Duration.ofMillis(20);
  private static final Duration OVERVIEW = Duration.ofSeconds(30);
  private static final long PAGE = 500;
  private static final String OURS = Api.LOAD_BALANCER_LABEL;

  private final KubernetesClient client;
  private final String namespace;
  private final ScheduledExecutorService deliveries =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("documents").unstarted(task));
  private final AtomicBoolean due = new AtomicBoolean();
  private @Nullable Informers informers;

  /**
   * @param namespace of the health checkers
   */
  public KubernetesSource(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  @Override
  public void follow(Consumer<Documents> listener) {
    var started =
        new Informers(
            informer(ForwardingConfig.class, OURS),
            informer(EndpointSlice.class, OURS + "," + Api.MANAGED_BY_LABEL + "=" + Api.OPERATOR),
            informer(HealthReport.class, OURS),
            client
                .resources(ReplicaReport.class)
                .inNamespace(namespace)
                .withLimit(PAGE)
                .runnableInformer(0));
    informers = started;
    started.all().forEach(informer -> follow(informer, () -> schedule(started, listener)));
    // Empty lists bring no event at all.
    var _ =
        deliveries.scheduleWithFixedDelay(
            () -> schedule(started, listener), 200, OVERVIEW.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    deliveries.shutdownNow();
    if (informers != null) {
      informers.all().forEach(SharedIndexInformer::stop);
    }
  }

  private <T extends HasMetadata> SharedIndexInformer<T> informer(Class<T> type, String selector) {
    return client
        .resources(type)
        .inAnyNamespace()
        .withLabelSelector(selector)
        .withLimit(PAGE)
        .runnableInformer(0);
  }

  private static <T> void follow(SharedIndexInformer<T> informer, Runnable changed) {
    var type = informer.getApiTypeClass().getSimpleName();
    informer.addEventHandler(new Changes<>(changed));
    informer.exceptionHandler(
        (synced, e) -> {
          log.warnf(
              "The API server does not let me follow %ss, trying again: %s", type, e.getMessage());
          return true;
        });
    var _ = informer.start();
  }

  private void schedule(Informers informers, Consumer<Documents> listener) {
    if (due.compareAndSet(false, true)) {
      var _ =
          deliveries.schedule(
              () -> deliver(informers, listener), BURST.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void deliver(Informers informers, Consumer<Documents> listener) {
    due.set(false);
    if (informers.all().stream().allMatch(SharedIndexInformer::hasSynced)) {
      listener.accept(informers.documents());
    } else {
      schedule(informers, listener);
    }
  }

  private record Informers(
      SharedIndexInformer<ForwardingConfig> configs,
      SharedIndexInformer<EndpointSlice> slices,
      SharedIndexInformer<HealthReport> reports,
      SharedIndexInformer<ReplicaReport> replicaReports) {
    List<SharedIndexInformer<? extends HasMetadata>> all() {
      return List.of(configs, slices, reports, replicaReports);
    }

    Documents documents() {
      return new Documents(
          configs.getStore().list(),
          slices.getStore().list(),
          reports.getStore().list(),
          replicaReports.getStore().list());
    }
  }

  private record Changes<T>(Runnable changed) implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      changed.run();
    }

    @Override
    public void onUpdate(T before, T after) {
      changed.run();
    }

    @Override
    public void onDelete(T object, boolean lastStateUnknown) {
      changed.run();
    }
  }
}
