package cloud.thalassa.lb.operator.observe;

import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every object of a kind, kept up to date. What it returns is shared: read, never change. */
final class Watched<T extends HasMetadata> {
  private final SharedIndexInformer<T> informer;

  Watched(SharedIndexInformer<T> informer) {
    this.informer = informer;
  }

  /**
   * What happened to one object: {@code before} is null for a new one, {@code now} for a gone one.
   */
  @FunctionalInterface
  interface Change<T> {
    void happened(@Nullable T before, @Nullable T now);
  }

  @Nullable T get(Ref ref) {
    return informer.getIndexer().getByKey(Cache.namespaceKeyFunc(ref.namespace(), ref.name()));
  }

  @Nullable T clusterScoped(String name) {
    return informer.getIndexer().getByKey(name);
  }

  List<T> all() {
    return informer.getStore().list();
  }

  /** Costs what it returns. The index must have been added with {@link #index}. */
  List<T> by(String index, Object key) {
    return informer.getIndexer().byIndex(index, key.toString()).stream()
        .filter(Objects::nonNull)
        .toList();
  }

  List<T> in(String namespace) {
    return by(Cache.NAMESPACE_INDEX, namespace);
  }

  Watched<T> index(String name, Function<T, Collection<?>> keys) {
    informer.addIndexers(
        Map.of(name, object -> keys.apply(object).stream().map(Object::toString).toList()));
    return this;
  }

  Watched<T> onChange(Change<? super T> change) {
    informer.addEventHandler(
        new ResourceEventHandler<T>() {
          @Override
          public void onAdd(T now) {
            change.happened(null, now);
          }

          @Override
          public void onUpdate(T before, T now) {
            change.happened(before, now);
          }

          @Override
          public void onDelete(T before, boolean lastStateUnknown) {
            change.happened(before, null);
          }
        });
    return this;
  }
}
