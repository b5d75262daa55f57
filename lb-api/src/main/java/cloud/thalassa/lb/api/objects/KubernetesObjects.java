package cloud.thalassa.lb.api.objects;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Reads by informers, writes through the API. */
public final class KubernetesObjects implements ObjectStore, AutoCloseable {
  private final KubernetesClient client;
  private final Map<Class<?>, Cached<?>> caches = new LinkedHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  /**
   * Begins to follow all kinds.
   *
   * @param tenantLabel label of the namespaces that tenants own; others are not followed
   */
  public KubernetesObjects(KubernetesClient client, String tenantLabel) {
    this.client = client;
    namespaced(LoadBalancer.class);
    namespaced(Listener.class);
    namespaced(TargetGroup.class);
    namespaced(SecurityGroup.class);
    caches.put(
        HealthReport.class,
        new Cached<>(client.resources(HealthReport.class).inAnyNamespace(), () -> {}));
    caches.put(
        EndpointSlice.class,
        new Cached<>(
            client
                .resources(EndpointSlice.class)
                .inAnyNamespace()
                .withLabel(Api.MANAGED_BY_LABEL, Api.OPERATOR),
            () -> {}));
    caches.put(
        Subnet.class, new Cached<>(client.resources(Subnet.class), changes::incrementAndGet));
    caches.put(
        AddressClaim.class,
        new Cached<>(client.resources(AddressClaim.class), changes::incrementAndGet));
    caches.put(Node.class, new Cached<>(client.resources(Node.class), changes::incrementAndGet));
    caches.put(
        Namespace.class,
        new Cached<>(
            client.resources(Namespace.class).withLabel(tenantLabel), changes::incrementAndGet));
    caches.values().forEach(Cached::start);
  }

  private <T extends HasMetadata> void namespaced(Class<T> kind) {
    caches.put(
        kind, new Cached<>(client.resources(kind).inAnyNamespace(), changes::incrementAndGet));
  }

  @Override
  public <T extends HasMetadata> List<T> all(Class<T> kind) {
    Cached<T> cache = cache(kind);
    return cache.all();
  }

  @Override
  public <T extends HasMetadata> List<T> in(Class<T> kind, String namespace) {
    Cached<T> cache = cache(kind);
    return cache.in(namespace);
  }

  @Override
  public <T extends HasMetadata> T create(T object) {
    var created = asked(() -> client.resource(object).create());
    cache(object.getClass()).awaitSeen(created);
    return created;
  }

  @Override
  public <T extends HasMetadata> T update(T read, T next) {
    next.getMetadata().setResourceVersion(read.getMetadata().getResourceVersion());
    var written = asked(() -> client.resource(next).update());
    cache(next.getClass()).awaitSeen(written);
    return written;
  }

  @Override
  public void delete(HasMetadata object) {
    asked(() -> client.resource(object).delete());
    cache(object.getClass()).awaitDeletion(object);
  }

  @Override
  public <T extends HasMetadata> T await(T object, Predicate<T> condition, Duration patience) {
    Cached<T> cache = cache(object.getClass());
    return cache.await(object, condition, patience);
  }

  @Override
  public void awaitNewer(HasMetadata object) {
    cache(object.getClass()).awaitNewer(object);
  }

  @Override
  public long changes() {
    return changes.get();
  }

  @Override
  public boolean synced() {
    return caches.values().stream().allMatch(Cached::synced);
  }

  @Override
  public void close() {
    caches.values().forEach(Cached::stop);
  }

  @SuppressWarnings("unchecked") // each kind is the key of its own cache
  private <T extends HasMetadata> Cached<T> cache(Class<?> kind) {
    return (Cached<T>) Objects.requireNonNull(caches.get(kind), kind::getName);
  }

  private static <R> R asked(Supplier<R> request) {
    try {
      return request.get();
    } catch (KubernetesClientException e) {
      throw Answers.meaning(e);
    }
  }
}
