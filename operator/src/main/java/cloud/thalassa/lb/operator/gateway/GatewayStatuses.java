package cloud.thalassa.lb.operator.gateway;

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
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayStatusAddress;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayStatusBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatusBuilder;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the owner of a Gateway reads of it. */
public final class GatewayStatuses {
  private final Gateway gateway;
  private final Surroundings surroundings;
  private final Translated translated;
  private final Made made;
  private final List<String> refusals;
  private final Instant now;

  private GatewayStatuses(
      Gateway gateway,
      Surroundings surroundings,
      Translated translated,
      Made made,
      List<String> refusals,
      Instant now) {
    this.gateway = gateway;
    this.surroundings = surroundings;
    this.translated = translated;
    this.made = made;
    this.refusals = refusals;
    this.now = now;
  }

  /**
   * The part of a status that is ours.
   *
   * @param loadBalancer as it is now; null: it is not there yet
   * @param listeners those of the Gateway, as they are now
   * @param refusals what the API server says to objects of the Gateway that it refuses
   */
  public static GatewayStatus of(
      Gateway gateway,
      Surroundings surroundings,
      Translated translated,
      @Nullable LoadBalancer loadBalancer,
      Collection<Listener> listeners,
      List<String> refusals,
      Instant now) {
    var made = new Made(loadBalancer, translated.listeners(), listeners);
    return new GatewayStatuses(gateway, surroundings, translated, made, refusals, now).status();
  }

  /** What a Gateway says now about itself, others' conditions included. */
  public static List<Condition> conditions(Gateway gateway) {
    return gateway.getStatus() == null ? List.of() : gateway.getStatus().getConditions();
  }

  private GatewayStatus status() {
    var sections = Section.of(gateway);
    var accepted = accepted(sections);
    return new GatewayStatusBuilder()
        .withAddresses(
            made.addresses().stream()
                .map(address -> new GatewayStatusAddress("IPAddress", address.ip()))
                .toList())
        .withConditions(
            new Conditions(generation(), conditions(gateway), now)
                .add(accepted, ConditionType.ACCEPTED)
                .add(programmed(accepted), ConditionType.PROGRAMMED)
                .add(settings(), ConditionType.SETTINGS_EFFECTIVE)
                .list())
        .withListeners(sections.stream().map(section -> status(section, accepted)).toList())
        .build();
  }

  private @Nullable Long generation() {
    return gateway.getMetadata().getGeneration();
  }

  private Finding accepted(List<Section> sections) {
    if (translated.refused()) {
      boolean address =
          gateway.getSpec().getAddresses().stream().anyMatch(Translation::isUnsupported);
      return Finding.no(
          address ? Reason.UNSUPPORTED_ADDRESS : Reason.INVALID_PARAMETERS,
          sentences(Cost.SERVICE));
    }
    var wrong =
        sections.stream()
            .filter(section -> !section.accepted())
            .map(section -> "Listener %s: %s".formatted(section.name(), section.accept().message()))
            .collect(Collectors.joining(" "));
    if (wrong.isEmpty()) {
      return Finding.yes(Reason.ACCEPTED, "The Gateway is accepted.");
    }
    return sections.stream().anyMatch(Section::accepted)
        ? Finding.yes(Reason.LISTENERS_NOT_VALID, wrong)
        : Finding.no(Reason.LISTENERS_NOT_VALID, wrong);
  }

  private Finding programmed(Finding accepted) {
    if (!accepted.holds()) {
      return Finding.no(
          Reason.INVALID, "Nothing new is served before the condition Accepted holds.");
    }
    if (!refusals.isEmpty()) {
      return Finding.no(
          Reason.REFUSED_BY_API_SERVER,
          "The API server refuses what the Gateway needs: " + String.join("; ", refusals));
    }
    var unusable = made.ofLoadBalancer(ConditionType.ACCEPTED).filter(it -> !holds(it));
    if (unusable.isPresent()) {
      var address = Reason.ADDRESS_NOT_AVAILABLE.toString().equals(unusable.get().getReason());
      return Finding.no(
          address ? Reason.ADDRESS_NOT_USABLE : Reason.INVALID, unusable.get().getMessage());
    }
    if (made.programmed() && !made.addresses().isEmpty()) {
      return Finding.yes(Reason.PROGRAMMED, "The Gateway is served.");
    }
    return made.ofLoadBalancer(ConditionType.PROGRAMMED)
        .map(it -> Finding.no(reason(it), it.getMessage()))
        .orElse(
            Finding.no(
                Reason.PENDING,
                "LoadBalancer %s does not serve yet.".formatted(Names.of(gateway).loadBalancer())));
  }

  private Finding settings() {
    var idle = sentences(Cost.SETTING);
    return idle.isEmpty()
        ? Finding.yes(Reason.ALL_EFFECTIVE, "Every setting is in effect.")
        : Finding.no(Reason.NOT_IN_EFFECT, idle);
  }

  private String sentences(Cost cost) {
    return translated.remarks().stream()
        .filter(remark -> remark.cost() == cost)
        .map(Remark::sentence)
        .collect(Collectors.joining(" "));
  }

  private ListenerStatus status(Section section, Finding gatewayAccepted) {
    int attached = Attachment.routes(section, gateway, surroundings).size();
    return new ListenerStatusBuilder()
        .withName(section.name())
        .withSupportedKinds(section.kinds())
        .withAttachedRoutes(attached)
        .withConditions(
            new Conditions(generation(), before(section), now)
                .add(section.accept(), ConditionType.ACCEPTED)
                .add(programmed(section, gatewayAccepted), ConditionType.PROGRAMMED)
                .add(section.resolve(), ConditionType.RESOLVED_REFS)
                .add(section.conflict(), ConditionType.CONFLICTED)
                .list())
        .build();
  }

  private Finding programmed(Section section, Finding gatewayAccepted) {
    if (!section.accepted() || !gatewayAccepted.holds()) {
      return Finding.no(
          Reason.INVALID, "Nothing is served here before the condition Accepted holds.");
    }
    var name = Names.of(gateway).metadata(section.key()).getName();
    var wanted =
        translated.listeners().stream().anyMatch(it -> it.getMetadata().getName().equals(name));
    if (!wanted) {
      return made.programmed()
          ? Finding.yes(
              Reason.PROGRAMMED, "No route is attached: connections are refused until one is.")
          : pending();
    }
    return made.ofListener(name, ConditionType.PROGRAMMED)
        .map(
            it ->
                holds(it)
                    ? Finding.yes(Reason.PROGRAMMED, it.getMessage())
                    : Finding.no(Reason.PENDING, it.getMessage()))
        .orElseGet(GatewayStatuses::pending);
  }

  private static Finding pending() {
    return Finding.no(Reason.PENDING, "No replica serves it yet.");
  }

  private List<Condition> before(Section section) {
    return gateway.getStatus() == null
        ? List.of()
        : gateway.getStatus().getListeners().stream()
            .filter(it -> section.name().equals(it.getName()))
            .flatMap(it -> it.getConditions().stream())
            .toList();
  }

  private static boolean holds(Condition condition) {
    return "True".equals(condition.getStatus());
  }

  /** Of the few that the Gateway API has for this. */
  private static Reason reason(Condition condition) {
    return Reason.ADDRESS_NOT_ASSIGNED.toString().equals(condition.getReason())
        ? Reason.ADDRESS_NOT_ASSIGNED
        : Reason.PENDING;
  }
}
