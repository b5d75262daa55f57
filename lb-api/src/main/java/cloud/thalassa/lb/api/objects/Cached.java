package cloud.thalassa.lb.api.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The objects of one kind, followed by an informer. */
final class Cached<T extends HasMetadata> implements ResourceEventHandler<T> {
  private static final Logger log = Logger.getLogger(Cached.class);
  private static final long PAGE = 500;

  /** How long a writer waits for the watch to bring what it wrote. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final SharedIndexInformer<T> informer;
  private final Runnable changed;

  /**
   * @param changed is told after whatever may have changed what is read here
   */
  Cached(Informable<T> source, Runnable changed) {
    this.changed = changed;
    informer = source.withLimit(PAGE).runnableInformer(0);
    informer.exceptionHandler(
        (started, failure) -> {
          log.warnf(
              "Cannot follow %s, trying again: %s",
              informer.getApiTypeClass().getSimpleName(), failure.getMessage());
          return true;
        });
    informer.addEventHandler(this);
  }

  void start() {
    informer.start();
  }

  void stop() {
    informer.stop();
  }

  boolean synced() {
    return informer.hasSynced();
  }

  List<T> all() {
    return informer.getStore().list();
  }

  List<T> in(String namespace) {
    return informer.getIndexer().byIndex(Cache.NAMESPACE_INDEX, namespace);
  }

  /** Until the cache holds this version of the object or a later one. */
  void awaitSeen(HasMetadata written) {
    until(written, PATIENCE, seen -> seen != null && version(seen) >= version(written));
  }

  void awaitNewer(HasMetadata read) {
    until(read, PATIENCE, seen -> seen == null || version(seen) > version(read));
  }

  /** Until the cache knows that the object is gone or going. */
  void awaitDeletion(HasMetadata deleted) {
    until(
        deleted,
        PATIENCE,
        seen ->
            seen == null
                || seen.getMetadata().getDeletionTimestamp() != null
                || !Objects.equals(seen.getMetadata().getUid(), deleted.getMetadata().getUid()));
  }

  /** As it is when the condition holds for it, or patience ends. */
  T await(T object, Predicate<T> condition, Duration patience) {
    until(object, patience, seen -> seen == null || condition.test(seen));
    var seen = informer.getStore().getByKey(Cache.metaNamespaceKeyFunc(object));
    return seen == null ? object : seen;
  }

  private synchronized void until(
      HasMetadata object, Duration patience, Predicate<@Nullable T> condition) {
    var key = Cache.metaNamespaceKeyFunc(object);
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (!condition.test(informer.getStore().getByKey(key))) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      changed.run(); // the store has what the handlers may not have heard of yet
    }
  }

  private static long version(HasMetadata object) {
    return Long.parseLong(object.getMetadata().getResourceVersion());
  }

  @Override
  public synchronized void onAdd(T object) {
    changed.run();
    notifyAll();
  }

  @Override
  public synchronized void onUpdate(T before, T object) {
    changed.run();
    notifyAll();
  }

  @Override
  public synchronized void onDelete(T object, boolean unknown) {
    changed.run();
    notifyAll();
  }
}
