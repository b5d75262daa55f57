package cloud.thalassa.lb.dataplane.follow;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.dataplane.table.Documents;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one load balancer, kept by three informers on its namespace. While the API
 * server is away they keep what they have and try again; nothing is handed over before each has
 * listed completely, except what an earlier process left in the cache and what was seen before.
 */
public final class KubernetesSource implements Source {
  private static final Logger log = Logger.getLogger(KubernetesSource.class);
  private static final long BURST_MILLIS = 15;

  /** Without documents no event comes; the first look has to be ours. */
  private static final long SYNC_POLL_MILLIS = 50;

  /** So long the client and its informers wait for what is seen before them. */
  private static final long LOOK_MILLIS = 1_000;

  private static final long PAGE = 500;

  private final Supplier<KubernetesClient> client;
  private final String namespace;
  private final String name;
  private final @Nullable DocumentCache cache;
  private final CompletableFuture<Optional<Documents>> first;
  private final AtomicBoolean due = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("documents").unstarted(task));

  private volatile @Nullable Informers informers;

  /** Of {@link #thread}: the informers have handed over something. */
  private boolean followed;

  /**
   * @param client asked for once what was seen before is served: to make one takes long
   * @param first what was seen before, if anything: it counts until the informers have listed
   */
  public KubernetesSource(
      Supplier<KubernetesClient> client,
      String namespace,
      String name,
      @Nullable DocumentCache cache,
      CompletableFuture<Optional<Documents>> first) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
    this.cache = cache;
    this.first = first;
  }

  @Override
  public void follow(Consumer<Documents> listener) {
    if (cache != null) {
      var remembered = cache;
      thread.execute(() -> remembered.read().ifPresent(listener));
    }
    var served =
        first.thenAcceptAsync(seen -> seen.filter(_ -> !followed).ifPresent(listener), thread);
    // both at once would take each other's processor while nothing is compiled yet
    await(served);
    var made = client.get();
    if (!thread.isShutdown()) {
      inform(made, listener);
    }
  }

  private static void await(CompletableFuture<?> served) {
    try {
      served.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // the informers' turn: what is seen late still counts for as long as they have not listed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void inform(KubernetesClient client, Consumer<Documents> listener) {
    var started =
        new Informers(
            own(client, ForwardingConfig.class), slices(client), own(client, HealthReport.class));
    var reader = new KubernetesReader(client.getKubernetesSerialization());
    informers = started;
    started.all().forEach(informer -> start(informer, () -> schedule(started, reader, listener)));
    awaitSync(started, reader, listener);
  }

  @Override
  public void close() {
    thread.shutdownNow();
    var started = informers;
    if (started != null) {
      started.all().forEach(SharedIndexInformer::stop);
    }
  }

  /** Untyped: one document that cannot be read must not stop the list that it is in. */
  private SharedIndexInformer<GenericKubernetesResource> own(
      KubernetesClient client, Class<? extends HasMetadata> type) {
    return client
        .genericKubernetesResources(ResourceDefinitionContext.fromResourceType(type))
        .inNamespace(namespace)
        .withLabel(Api.LOAD_BALANCER_LABEL, name)
        .withLimit(PAGE)
        .runnableInformer(0);
  }

  /** Of members: the load balancer's Service has slices too, which hold its dataplane pods. */
  private SharedIndexInformer<EndpointSlice> slices(KubernetesClient client) {
    return client
        .resources(EndpointSlice.class)
        .inNamespace(namespace)
        .withLabel(Api.LOAD_BALANCER_LABEL, name)
        .withLabel(Api.TARGET_GROUP_LABEL)
        .withLabel(Api.MANAGED_BY_LABEL, Api.OPERATOR)
        .withLimit(PAGE)
        .runnableInformer(0);
  }

  private static <T> void start(SharedIndexInformer<T> informer, Runnable changed) {
    var said = new AtomicBoolean();
    informer.addEventHandler(
        new Changes<>(
            () -> {
              said.set(false);
              changed.run();
            }));
    informer.exceptionHandler(
        (started, e) -> {
          if (said.compareAndSet(false, true)) {
            log.warnf(
                "The API server does not answer; what is known stays in service: %s",
                Sentence.of(e));
          }
          return true;
        });
    var _ = informer.start();
  }

  private void awaitSync(
      Informers informers, KubernetesReader reader, Consumer<Documents> listener) {
    var _ =
        thread.schedule(
            () -> {
              if (informers.synced()) {
                schedule(informers, reader, listener);
              } else {
                awaitSync(informers, reader, listener);
              }
            },
            SYNC_POLL_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  private void schedule(
      Informers informers, KubernetesReader reader, Consumer<Documents> listener) {
    if (informers.synced() && !thread.isShutdown() && due.compareAndSet(false, true)) {
      var _ =
          thread.schedule(
              () -> deliver(informers, reader, listener), BURST_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void deliver(Informers informers, KubernetesReader reader, Consumer<Documents> listener) {
    due.set(false);
    followed = true;
    var documents =
        reader.read(
            informers.configs.getStore().list(),
            informers.slices.getStore().list(),
            informers.reports.getStore().list());
    listener.accept(documents);
    if (cache != null) {
      cache.write(documents);
    }
  }

  private record Informers(
      SharedIndexInformer<GenericKubernetesResource> configs,
      SharedIndexInformer<EndpointSlice> slices,
      SharedIndexInformer<GenericKubernetesResource> reports) {
    List<SharedIndexInformer<? extends HasMetadata>> all() {
      return List.of(configs, slices, reports);
    }

    boolean synced() {
      return configs.hasSynced() && slices.hasSynced() && reports.hasSynced();
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
