package cloud.thalassa.lb.kubectl.cluster;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.kubectl.events.Family;
import cloud.thalassa.lb.kubectl.events.Happening;
import cloud.thalassa.lb.kubectl.view.Named;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Events of load balancers in a namespace.
 *
 * @param families of the load balancers
 * @param namespace null: all of them
 */
public record Events(KubernetesClient client, List<Family> families, @Nullable String namespace) {

  /**
   * The Events of one load balancer, or of many.
   *
   * @param namespace null: all of them
   * @param name of one load balancer; null: all that there are
   */
  public static Events of(
      Connection connection, @Nullable String namespace, @Nullable String name) {
    var objects = new Objects(connection);
    var balancers =
        name == null || namespace == null
            ? objects.list(LoadBalancer.class, namespace)
            : List.of(objects.loadBalancer(namespace, name));
    var listeners = objects.list(Listener.class, namespace);
    var families =
        balancers.stream()
            .map(
                it -> {
                  var own = Objects.listenersOf(Named.of(it), listeners);
                  return new Family(
                      it, own.stream().map(Named::of).toList(), Objects.targetGroupsOf(own));
                })
            .toList();
    return new Events(connection.client(), families, namespace);
  }

  /** What is remembered, the oldest first, and from where on it is to be followed. */
  public record Remembered(List<Happening> happenings, String resourceVersion) {}

  public Remembered remembered() {
    var events = client.v1().events();
    var list = (namespace == null ? events.inAnyNamespace() : events.inNamespace(namespace)).list();
    var happenings =
        new ArrayList<>(
            list.getItems().stream()
                .filter(it -> belongs(it.getInvolvedObject()))
                .map(Happening::of)
                .toList());
    happenings.sort(Happening.BY_TIME);
    return new Remembered(happenings, list.getMetadata().getResourceVersion());
  }

  /** Tells what happens from then on; returns only by an exception. */
  public void follow(String resourceVersion, Consumer<Happening> heard) {
    var end = new CompletableFuture<WatcherException>();
    var events = client.v1().events();
    var watched = namespace == null ? events.inAnyNamespace() : events.inNamespace(namespace);
    try (var _ = watched.withResourceVersion(resourceVersion).watch(watcher(heard, end))) {
      var problem = end.join();
      throw new Failure("the cluster ended the watch: " + problem.getMessage());
    }
  }

  private Watcher<Event> watcher(
      Consumer<Happening> heard, CompletableFuture<WatcherException> end) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, Event event) {
        if ((action == Action.ADDED || action == Action.MODIFIED)
            && belongs(event.getInvolvedObject())) {
          heard.accept(Happening.of(event));
        }
      }

      @Override
      public void onClose(WatcherException cause) {
        end.complete(cause);
      }
    };
  }

  private boolean belongs(ObjectReference object) {
    return families.stream().anyMatch(family -> family.has(object));
  }
}
