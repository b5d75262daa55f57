package cloud.thalassa.lb.operator.gateway;

import cloud.thalassa.lb.operator.compile.Age;
import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Reason;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Selector;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * To which listeners of a Gateway a route is attached by one of its references.
 *
 * @param problem why to none; null: it is to some
 */
record Attachment(List<Section> sections, @Nullable Problem problem) {
  Attachment {
    sections = List.copyOf(sections);
  }

  static Attachment of(
      Route route, ParentReference parent, Gateway gateway, Surroundings surroundings) {
    var meant = Section.of(gateway).stream().filter(section -> means(parent, section)).toList();
    if (meant.isEmpty()) {
      return none(
          Reason.NO_MATCHING_PARENT,
          "parentRefs: Gateway %s has no such listener: correct sectionName or port."
              .formatted(Ref.of(gateway)));
    }
    var home = route.getMetadata().getNamespace();
    var allowed =
        meant.stream()
            .filter(section -> section.takes(route))
            .filter(section -> lets(section, home, gateway, surroundings))
            .toList();
    return allowed.isEmpty()
        ? none(
            Reason.NOT_ALLOWED_BY_LISTENERS,
            "parentRefs: no such listener of Gateway %s takes a %s of namespace %s: see their protocol and allowedRoutes."
                .formatted(Ref.of(gateway), route.getKind(), home))
        : new Attachment(allowed, null);
  }

  /** The routes that are attached to a listener of a Gateway; the oldest gets the connections. */
  static List<Route> routes(Section section, Gateway gateway, Surroundings surroundings) {
    return surroundings.routesTo(Ref.of(gateway)).stream()
        .filter(route -> isAttached(route, section, gateway, surroundings))
        .sorted(Age.OLDEST_FIRST)
        .toList();
  }

  private static boolean isAttached(
      Route route, Section section, Gateway gateway, Surroundings surroundings) {
    return route.parents().stream()
        .filter(parent -> route.gateway(parent).equals(Ref.of(gateway)))
        .flatMap(parent -> of(route, parent, gateway, surroundings).sections.stream())
        .anyMatch(attached -> attached.name().equals(section.name()));
  }

  private static Attachment none(Reason reason, String message) {
    return new Attachment(List.of(), new Problem(ConditionType.ACCEPTED, reason, message));
  }

  private static boolean means(ParentReference parent, Section section) {
    return (parent.getSectionName() == null || parent.getSectionName().equals(section.name()))
        && (parent.getPort() == null || parent.getPort() == section.port());
  }

  private static boolean lets(
      Section section, String namespace, Gateway gateway, Surroundings surroundings) {
    var allowed = section.listener().getAllowedRoutes();
    var namespaces = allowed == null ? null : allowed.getNamespaces();
    var from = namespaces == null || namespaces.getFrom() == null ? "Same" : namespaces.getFrom();
    return switch (from) {
      case "All" -> true;
      case "Same" -> namespace.equals(gateway.getMetadata().getNamespace());
      case "Selector" ->
          namespaces != null && selects(namespaces.getSelector(), surroundings, namespace);
      default -> false;
    };
  }

  /** Unlike one of pods, a selector of namespaces that requires nothing selects all. */
  private static boolean selects(
      @Nullable LabelSelector selector, Surroundings surroundings, String namespace) {
    return selector != null
        && (selector.equals(new LabelSelector())
            || Selector.matches(selector, surroundings.labelsOf(namespace)));
  }
}
