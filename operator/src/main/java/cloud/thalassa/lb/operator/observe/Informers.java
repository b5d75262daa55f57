package cloud.thalassa.lb.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The informers of all kinds that the operator reads. They survive any outage of the API server.
 */
final class Informers {
  private static final Logger log = Logger.getLogger(Informers.class);

  /** Objects a page of the first list: bounds what is in memory twice. */
  private static final long PAGE = 500;

  private final KubernetesClient client;
  private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

  Informers(KubernetesClient client) {
    this.client = client;
  }

  <T extends HasMetadata> Watched<T> all(Class<T> kind) {
    return all(kind, new SlimObjects<>());
  }

  <T extends HasMetadata> Watched<T> all(Class<T> kind, ItemStore<T> store) {
    return keep(client.resources(kind).inAnyNamespace(), store);
  }

  <T extends HasMetadata> Watched<T> in(String namespace, Class<T> kind) {
    return keep(client.resources(kind).inNamespace(namespace), new SlimObjects<>());
  }

  <T extends HasMetadata> Watched<T> clusterScoped(Class<T> kind) {
    return clusterScoped(kind, new SlimObjects<>());
  }

  <T extends HasMetadata> Watched<T> clusterScoped(Class<T> kind, ItemStore<T> store) {
    return keep(client.resources(kind), store);
  }

  /**
   * @param selector of labels, as in a URL, such as {@code present,with=value}
   */
  <T extends HasMetadata> Watched<T> labelled(Class<T> kind, String selector) {
    FilterWatchListDeletable<T, ?, ?> labelled =
        client.resources(kind).inAnyNamespace().withLabelSelector(selector);
    return keep(labelled, new SlimObjects<>());
  }

  void start() {
    informers.forEach(SharedIndexInformer::start);
  }

  void stop() {
    informers.forEach(SharedIndexInformer::stop);
  }

  /** Whether every cache has been filled once; from then on it is at worst old. */
  boolean synced() {
    return informers.stream().allMatch(SharedIndexInformer::hasSynced);
  }

  private <T extends HasMetadata> Watched<T> keep(Informable<T> source, ItemStore<T> store) {
    var informer = source.withLimit(PAGE).runnableInformer(0).itemStore(store);
    informer.exceptionHandler(
        (started, failure) -> {
          log.warnf(
              "Cannot follow %s, trying again: %s",
              informer.getApiTypeClass().getSimpleName(), failure.getMessage());
          return true;
        });
    informers.add(informer);
    return new Watched<>(informer);
  }
}
