package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.operator.announce.Announcer;
import cloud.thalassa.lb.operator.apply.Applier;
import cloud.thalassa.lb.operator.apply.ServiceWriter;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.observe.Cluster;
import cloud.thalassa.lb.operator.service.Claim;
import cloud.thalassa.lb.operator.service.Ingress;
import cloud.thalassa.lb.operator.service.Names;
import cloud.thalassa.lb.operator.service.ServiceStatuses;
import cloud.thalassa.lb.operator.service.Translated;
import cloud.thalassa.lb.operator.service.Translation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The objects that serve a Service, and what they let it say about itself. */
final class ServiceObjects {
  private final Cluster cluster;
  private final Applier applier;
  private final ServiceWriter writer;
  private final Announcer announcer;
  private final InstantSource clock;

  ServiceObjects(
      Cluster cluster,
      Applier applier,
      ServiceWriter writer,
      Announcer announcer,
      InstantSource clock) {
    this.cluster = cluster;
    this.applier = applier;
    this.writer = writer;
    this.announcer = announcer;
    this.clock = clock;
  }

  /** Makes them as the Service says; returns whether the API server took everything. */
  boolean serve(Service service) {
    var translated =
        Translation.of(service, loadBalancer(service)).unless(it -> isForeign(it, service));
    var refusals = new ArrayList<String>();
    for (var object : translated.objects()) {
      attempt(refusals, () -> applier.apply(service, object, cluster.generated().current(object)));
    }
    surplus(service, translated).forEach(object -> delete(refusals, object));
    report(service, translated, refusals);
    return refusals.isEmpty();
  }

  private @Nullable LoadBalancer loadBalancer(Service service) {
    var found = cluster.inventory().loadBalancer(Names.loadBalancer(service));
    return found != null && Claim.madeFor(found, service) ? found : null;
  }

  private boolean isForeign(HasMetadata wanted, Service service) {
    var current = cluster.generated().current(wanted);
    return current != null && !Claim.madeFor(current, service);
  }

  /** An object that the API server refuses keeps no other from being written. */
  private static void attempt(List<String> refusals, Runnable write) {
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

  /**
   * What is there and not wanted. A load balancer of a Service that is refused keeps its address.
   */
  private List<HasMetadata> surplus(Service service, Translated translated) {
    var wanted = translated.objects().stream().map(ServiceObjects::key).collect(Collectors.toSet());
    return of(service).stream()
        .filter(object -> !wanted.contains(key(object)))
        .filter(object -> !(object instanceof LoadBalancer && translated.refused()))
        .toList();
  }

  /** Deletes all of them; returns whether they are gone. */
  boolean remove(Service service) {
    var left = of(service);
    var refusals = new ArrayList<String>();
    left.forEach(object -> delete(refusals, object));
    refusals.forEach(words -> announcer.refused(service, "DeletionRefused", words));
    return left.isEmpty();
  }

  private List<HasMetadata> of(Service service) {
    return cluster.generated().of(Ref.of(service)).stream()
        .filter(object -> Claim.madeFor(object, service))
        .toList();
  }

  private static String key(HasMetadata object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }

  private void report(Service service, Translated translated, List<String> refusals) {
    var listeners =
        of(service).stream().filter(Listener.class::isInstance).map(Listener.class::cast).toList();
    var status =
        ServiceStatuses.of(
            service, translated, loadBalancer(service), listeners, refusals, clock.instant());
    var before = ServiceStatuses.conditions(service);
    if (!Ingress.shown(service).equals(status.getLoadBalancer().getIngress())
        || !new HashSet<>(before).containsAll(status.getConditions())) {
      writer.status(service, status);
      announcer.changed(service, before, ServiceStatuses.served(status.getConditions()));
    }
    ServiceStatuses.news(translated, before)
        .forEach(it -> announcer.refused(service, it.cost().reason(), it.sentence()));
  }

  /** Takes back what a Service said about its load balancer; returns it as it is now. */
  Service forget(Service service) {
    return service.isMarkedForDeletion() ? service : writer.status(service, new ServiceStatus());
  }
}
