package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.operator.announce.Announcer;
import cloud.thalassa.lb.operator.apply.Applier;
import cloud.thalassa.lb.operator.front.Names;
import cloud.thalassa.lb.operator.front.Owner;
import cloud.thalassa.lb.operator.front.Translated;
import cloud.thalassa.lb.operator.observe.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The objects that are made for an object of a tenant's, a Service or a Gateway. */
final class MadeObjects {
  private final Cluster cluster;
  private final Applier applier;
  private final Announcer announcer;

  MadeObjects(Cluster cluster, Applier applier, Announcer announcer) {
    this.cluster = cluster;
    this.applier = applier;
    this.announcer = announcer;
  }

  /** As it is now; null: there is none. */
  @Nullable LoadBalancer loadBalancer(HasMetadata owner) {
    var found = cluster.inventory().loadBalancer(Names.of(owner).loadBalancer());
    return found != null && Owner.is(owner, found) ? found : null;
  }

  List<Listener> listeners(HasMetadata owner) {
    return of(owner).stream().filter(Listener.class::isInstance).map(Listener.class::cast).toList();
  }

  /** Whether the name of an object is taken by one of somebody else's. */
  boolean isForeign(HasMetadata owner, HasMetadata wanted) {
    var current = cluster.generated().current(wanted);
    return current != null && !Owner.is(owner, current);
  }

  /**
   * Writes what is wanted, and deletes what is there and not wanted. A load balancer of somebody
   * who is refused keeps its address.
   *
   * @return what the API server refuses, in its words
   */
  List<String> write(HasMetadata owner, Translated translated) {
    var refusals = new ArrayList<String>();
    for (var object : translated.objects()) {
      attempt(refusals, () -> applier.apply(owner, object, cluster.generated().current(object)));
    }
    var wanted = translated.objects().stream().map(MadeObjects::key).collect(Collectors.toSet());
    of(owner).stream()
        .filter(object -> !wanted.contains(key(object)))
        .filter(object -> !(object instanceof LoadBalancer && translated.refused()))
        .forEach(object -> delete(refusals, object));
    return refusals;
  }

  /** Deletes all of them; returns whether they are gone. */
  boolean remove(HasMetadata owner) {
    var left = of(owner);
    var refusals = new ArrayList<String>();
    left.forEach(object -> delete(refusals, object));
    refusals.forEach(words -> announcer.refused(owner, "DeletionRefused", words));
    return left.isEmpty();
  }

  /** An object that the API server refuses keeps no other from being written. */
  static void attempt(List<String> refusals, Runnable write) {
    try {
      write.run();
    } catch (KubernetesClientException e) {
      var words = Refusal.words(e);
      if (words == null) {
        throw e;
      }
      refusals.add(words);
    }
  }

  private void delete(List<String> refusals, HasMetadata object) {
    if (!object.isMarkedForDeletion()) {
      attempt(refusals, () -> applier.delete(object));
    }
  }

  private List<HasMetadata> of(HasMetadata owner) {
    return cluster.generated().of(Owner.as(owner)).stream()
        .filter(object -> Owner.is(owner, object))
        .toList();
  }

  private static String key(HasMetadata object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }
}
