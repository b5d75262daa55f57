package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.operator.announce.Announcer;
import cloud.thalassa.lb.operator.apply.ServiceWriter;
import cloud.thalassa.lb.operator.front.Translated;
import cloud.thalassa.lb.operator.service.Ingress;
import cloud.thalassa.lb.operator.service.ServiceStatuses;
import cloud.thalassa.lb.operator.service.Translation;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;

/** The objects that serve a Service, and what they let it say about itself. */
final class ServiceObjects {
  private final MadeObjects made;
  private final ServiceWriter writer;
  private final Announcer announcer;
  private final InstantSource clock;

  ServiceObjects(MadeObjects made, ServiceWriter writer, Announcer announcer, InstantSource clock) {
    this.made = made;
    this.writer = writer;
    this.announcer = announcer;
    this.clock = clock;
  }

  /** Makes them as the Service says; returns whether the API server took everything. */
  boolean serve(Service service) {
    var translated =
        Translation.of(service, made.loadBalancer(service))
            .unless("Service", object -> made.isForeign(service, object));
    var refusals = made.write(service, translated);
    report(service, translated, refusals);
    return refusals.isEmpty();
  }

  /** Deletes all of them; returns whether they are gone. */
  boolean remove(Service service) {
    return made.remove(service);
  }

  private void report(Service service, Translated translated, List<String> refusals) {
    var status =
        ServiceStatuses.of(
            service,
            translated,
            made.loadBalancer(service),
            made.listeners(service),
            refusals,
            clock.instant());
    var before = ServiceStatuses.conditions(service);
    if (!Ingress.shown(service).equals(status.getLoadBalancer().getIngress())
        || !new HashSet<>(before).containsAll(status.getConditions())) {
      writer.status(service, status);
      announcer.changed(service, before, ServiceStatuses.served(status.getConditions()));
    }
    translated
        .news(before)
        .forEach(it -> announcer.refused(service, it.cost().reason(), it.sentence()));
  }

  /** Takes back what a Service said about its load balancer; returns it as it is now. */
  Service forget(Service service) {
    return service.isMarkedForDeletion() ? service : writer.status(service, new ServiceStatus());
  }
}
