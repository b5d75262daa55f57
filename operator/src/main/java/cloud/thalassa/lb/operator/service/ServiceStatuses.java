package cloud.thalassa.lb.operator.service;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Reason;
import cloud.thalassa.lb.operator.front.Made;
import cloud.thalassa.lb.operator.front.Names;
import cloud.thalassa.lb.operator.front.Remark;
import cloud.thalassa.lb.operator.front.Remark.Cost;
import cloud.thalassa.lb.operator.front.Translated;
import cloud.thalassa.lb.operator.status.Conditions;
import cloud.thalassa.lb.operator.status.Finding;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import io.fabric8.kubernetes.api.model.ServiceStatusBuilder;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the owner of a Service reads of its load balancer. */
public final class ServiceStatuses {
  private static final Set<Cost> REFUSALS = EnumSet.of(Cost.SERVICE, Cost.PORT);

  private final Service service;
  private final Translated translated;
  private final Made made;
  private final List<String> refusals;

  private ServiceStatuses(
      Service service, Translated translated, Made made, List<String> refusals) {
    this.service = service;
    this.translated = translated;
    this.made = made;
    this.refusals = refusals;
  }

  /**
   * The part of a status that is ours.
   *
   * @param loadBalancer as it is now; null: it is not there yet
   * @param listeners those of the Service, as they are now
   * @param refusals what the API server says to objects of the Service that it refuses
   */
  public static ServiceStatus of(
      Service service,
      Translated translated,
      @Nullable LoadBalancer loadBalancer,
      Collection<Listener> listeners,
      List<String> refusals,
      Instant now) {
    var made = new Made(loadBalancer, translated.listeners(), listeners);
    return new ServiceStatusBuilder()
        .withConditions(new ServiceStatuses(service, translated, made, refusals).conditions(now))
        .withNewLoadBalancer()
        .withIngress(Ingress.of(service, translated, made))
        .endLoadBalancer()
        .build();
  }

  /** What a Service says now about itself, others' conditions included. */
  public static List<Condition> conditions(Service service) {
    return service.getStatus() == null ? List.of() : service.getStatus().getConditions();
  }

  /** Of these conditions, the ones whose change is worth an Event of its own. */
  public static List<Condition> served(List<Condition> conditions) {
    return conditions.stream()
        .filter(it -> it.getType().equals(ConditionType.PROGRAMMED.toString()))
        .toList();
  }

  private List<Condition> conditions(Instant now) {
    var conditions =
        new Conditions(service.getMetadata().getGeneration(), conditions(service), now)
            .add(accepted(), ConditionType.ACCEPTED)
            .add(programmed(), ConditionType.PROGRAMMED);
    conditions.withReady("The Service is served.");
    return conditions.add(settings(), ConditionType.SETTINGS_EFFECTIVE).list();
  }

  private Finding accepted() {
    var refused = sentences(REFUSALS);
    if (!refused.isEmpty()) {
      return Finding.no(Reason.INVALID, refused);
    }
    return made.firstUnmet(Made.OF_THE_SPEC)
        .orElse(Finding.yes(Reason.ACCEPTED, "The Service is accepted."));
  }

  private Finding programmed() {
    int wanted = translated.listeners().size();
    if (wanted == 0) {
      return Finding.no(Reason.PENDING, "Nothing is served before the condition Accepted holds.");
    }
    if (!refusals.isEmpty()) {
      return Finding.no(
          Reason.REFUSED_BY_API_SERVER,
          "The API server refuses what the Service needs: " + String.join("; ", refusals));
    }
    if (made.programmed() && made.served() == wanted) {
      return Finding.yes(
          Reason.PROGRAMMED,
          "%d of %d ports are served.".formatted(wanted, service.getSpec().getPorts().size()));
    }
    return made.firstUnmet(EnumSet.of(ConditionType.PROGRAMMED))
        .orElse(
            Finding.no(
                Reason.PENDING,
                "%d of %d ports are served so far by LoadBalancer %s."
                    .formatted(made.served(), wanted, Names.of(service).loadBalancer())));
  }

  private Finding settings() {
    if (translated.listeners().isEmpty()) {
      return Finding.unknown(
          Reason.PENDING, "No port is served; the condition Accepted says what to change.");
    }
    var without = sentences(EnumSet.of(Cost.SETTING));
    var notes = sentences(EnumSet.of(Cost.NOTHING));
    return without.isEmpty()
        ? Finding.yes(Reason.ALL_EFFECTIVE, ("Every setting is in effect. " + notes).strip())
        : Finding.no(Reason.NOT_IN_EFFECT, (without + " " + notes).strip());
  }

  private String sentences(Set<Cost> costs) {
    return translated.remarks().stream()
        .filter(remark -> costs.contains(remark.cost()))
        .map(Remark::sentence)
        .collect(Collectors.joining(" "));
  }
}
