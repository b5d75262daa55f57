package cloud.thalassa.lb.operator.gateway;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.operator.compile.Reason;
import cloud.thalassa.lb.operator.front.PortKey;
import cloud.thalassa.lb.operator.status.Finding;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteGroupKind;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A listener of a Gateway, which others call a section of it.
 *
 * @param protocol null: none that we serve
 * @param rivals other listeners that want the same port of the same transport
 */
record Section(Listener listener, @Nullable Protocol protocol, List<String> rivals) {
  Section {
    rivals = List.copyOf(rivals);
  }

  /** In the order of the Gateway. */
  static List<Section> of(Gateway gateway) {
    var listeners = gateway.getSpec().getListeners();
    return listeners.stream()
        .map(
            listener ->
                new Section(
                    listener,
                    protocol(listener),
                    listeners.stream()
                        .filter(other -> isRival(listener, other))
                        .map(Listener::getName)
                        .toList()))
        .toList();
  }

  private static @Nullable Protocol protocol(Listener listener) {
    return switch (listener.getProtocol()) {
      case "TCP" -> Protocol.TCP;
      case "UDP" -> Protocol.UDP;
      default -> null;
    };
  }

  /** UDP aside, all protocols of the Gateway API begin with a TCP connection. */
  private static boolean isRival(Listener one, Listener other) {
    return !one.getName().equals(other.getName())
        && one.getPort().equals(other.getPort())
        && one.getProtocol().equals("UDP") == other.getProtocol().equals("UDP");
  }

  String name() {
    return listener.getName();
  }

  int port() {
    return listener.getPort();
  }

  PortKey key() {
    return new PortKey(listener.getProtocol(), port());
  }

  boolean accepted() {
    return accept().holds();
  }

  /** Whether clients can be let in here. */
  Finding accept() {
    if (protocol == null) {
      return Finding.no(
          Reason.UNSUPPORTED_PROTOCOL,
          "protocol: %s is not served: use TCP or UDP.".formatted(listener.getProtocol()));
    }
    var conflict = conflict();
    return conflict.holds()
        ? Finding.no(conflict.reason(), conflict.message())
        : Finding.yes(Reason.ACCEPTED, "The listener is accepted.");
  }

  /** Which of them has the port nobody can tell: none of them has. */
  Finding conflict() {
    return rivals.isEmpty()
        ? Finding.no(Reason.NO_CONFLICTS, "No other listener wants this port.")
        : Finding.yes(
            Reason.PROTOCOL_CONFLICT,
            "port: %d is wanted by %s too, and so served by none: give each a port of its own."
                .formatted(port(), String.join(", ", rivals)));
  }

  /** The kinds of routes that it takes. */
  List<RouteGroupKind> kinds() {
    return protocol == null || (!named().isEmpty() && named().stream().noneMatch(this::isOurs))
        ? List.of()
        : List.of(new RouteGroupKind(GatewayApi.GROUP, kind(protocol)));
  }

  boolean takes(Route route) {
    return route.protocol() == protocol && !kinds().isEmpty();
  }

  /** Whether all kinds of routes that it asks for can be attached to it. */
  Finding resolve() {
    var wrong =
        named().stream()
            .filter(kind -> !isOurs(kind))
            .map(RouteGroupKind::getKind)
            .collect(Collectors.joining(", "));
    return wrong.isEmpty() || protocol == null
        ? Finding.yes(Reason.RESOLVED_REFS, "It refers to nothing that is missing.")
        : Finding.no(
            Reason.INVALID_ROUTE_KINDS,
            "allowedRoutes.kinds: %s cannot be attached to a listener of protocol %s: use %s."
                .formatted(wrong, protocol, kind(protocol)));
  }

  private List<RouteGroupKind> named() {
    var allowed = listener.getAllowedRoutes();
    return allowed == null ? List.of() : allowed.getKinds();
  }

  private boolean isOurs(RouteGroupKind kind) {
    return protocol != null
        && GatewayApi.GROUP.equals(Objects.requireNonNullElse(kind.getGroup(), GatewayApi.GROUP))
        && kind.getKind().equals(kind(protocol));
  }

  private static String kind(Protocol protocol) {
    return protocol + "Route";
  }
}
