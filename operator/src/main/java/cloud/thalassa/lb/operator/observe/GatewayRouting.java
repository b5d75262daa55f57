package cloud.thalassa.lb.operator.observe;

import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.gateway.BackendGroup;
import cloud.thalassa.lb.operator.gateway.Permissions;
import cloud.thalassa.lb.operator.gateway.Route;
import cloud.thalassa.lb.operator.gateway.TcpRoute;
import cloud.thalassa.lb.operator.gateway.UdpRoute;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which Gateways and routes a change makes due. Their status is no reason: nobody decides by it.
 */
final class GatewayRouting {
  private final GatewayInventory inventory;
  private final Signals due;

  GatewayRouting(GatewayInventory inventory, Signals due) {
    this.inventory = inventory;
    this.due = due;
  }

  void gatewayClass(@Nullable GatewayClass before, @Nullable GatewayClass now) {
    if (!respecified(before, now)) {
      return;
    }
    both(before, now).map(Ref::of).distinct().forEach(due.gatewayClasses()::due);
    both(before, now)
        .map(it -> it.getMetadata().getName())
        .distinct()
        .flatMap(name -> inventory.gatewaysOf(name).stream())
        .forEach(this::gateway);
  }

  void gateway(@Nullable Gateway before, @Nullable Gateway now) {
    both(before, now).limit(1).forEach(this::gateway);
    if (before != null && now == null) {
      inventory.routesTo(Ref.of(before)).forEach(this::left);
    }
  }

  private void gateway(Gateway gateway) {
    var ref = Ref.of(gateway);
    due.gateways().due(ref);
    inventory.routesTo(ref).forEach(this::due);
  }

  void route(@Nullable Route before, @Nullable Route now) {
    if (respecified(before, now)) {
      both(before, now)
          .flatMap(it -> it.gateways().stream())
          .distinct()
          .forEach(due.gateways()::due);
      both(before, now).limit(1).forEach(this::due);
      Stream.ofNullable(before).forEach(this::left);
    }
  }

  /** Nobody may want any more what was made for it. */
  private void left(Route route) {
    Permissions.made(route, inventory).forEach(due.targetGroups()::due);
  }

  void service(@Nullable Service before, @Nullable Service now) {
    if (before == null || now == null || !before.getSpec().equals(now.getSpec())) {
      both(before, now).limit(1).map(Ref::of).forEach(this::backend);
    }
  }

  /** One that somebody wrote as a backend, or that was made for a Service and has to be so. */
  void targetGroup(@Nullable TargetGroup before, @Nullable TargetGroup now) {
    if (respecified(before, now)) {
      both(before, now)
          .limit(1)
          .forEach(
              group -> {
                backend(Ref.of(group));
                BackendGroup.serviceOf(group).ifPresent(this::backend);
              });
    }
  }

  private void backend(Ref ref) {
    woken(
        inventory.routesInto(ref.namespace()).stream()
            .filter(route -> route.targets().contains(ref))
            .toList());
  }

  void grants(String namespace) {
    woken(inventory.routesInto(namespace));
  }

  void namespace(@Nullable Namespace before, @Nullable Namespace now) {
    if (before != null && now != null && !PodLabels.of(before).equals(PodLabels.of(now))) {
      woken(inventory.routesOf(now.getMetadata().getName()));
    }
  }

  private void woken(Collection<Route> routes) {
    routes.stream()
        .flatMap(route -> route.gateways().stream())
        .distinct()
        .forEach(due.gateways()::due);
    routes.forEach(this::due);
  }

  private void due(Route route) {
    switch (route) {
      case TcpRoute _ -> due.tcpRoutes().due(Ref.of(route));
      case UdpRoute _ -> due.udpRoutes().due(Ref.of(route));
    }
  }

  private static boolean respecified(@Nullable HasMetadata before, @Nullable HasMetadata now) {
    return before == null
        || now == null
        || !Objects.equals(before.getMetadata().getGeneration(), now.getMetadata().getGeneration());
  }

  private static <T> Stream<T> both(@Nullable T before, @Nullable T now) {
    return Stream.concat(Stream.ofNullable(now), Stream.ofNullable(before));
  }
}
