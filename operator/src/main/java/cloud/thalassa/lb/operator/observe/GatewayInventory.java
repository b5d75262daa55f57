package cloud.thalassa.lb.operator.observe;

import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.compile.Grant;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.gateway.Route;
import cloud.thalassa.lb.operator.gateway.Surroundings;
import cloud.thalassa.lb.operator.gateway.TcpRoute;
import cloud.thalassa.lb.operator.gateway.UdpRoute;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Gateways depend on, in a cluster that has the Gateway API: 1.6 or later, where TCPRoute and
 * UDPRoute are v1. Elsewhere there are none.
 */
public final class GatewayInventory implements Surroundings {
  private static final String BY_CLASS = "by-class";
  private static final String BY_GATEWAY = "by-gateway";
  private static final String INTO_NAMESPACE = "into-namespace";

  private final LateKinds kinds;
  private final Function<Ref, @Nullable TargetGroup> targetGroups;
  private final Function<String, List<Grant>> grants;
  private final Function<String, Map<String, String>> labels;
  private volatile @Nullable Caches caches;
  private volatile @Nullable GatewayRouting routing;

  private record Caches(
      Watched<GatewayClass> classes,
      Watched<Gateway> gateways,
      Watched<TcpRoute> tcpRoutes,
      Watched<UdpRoute> udpRoutes,
      Watched<Service> services) {
    Stream<Route> routes(Function<Watched<? extends Route>, List<? extends Route>> which) {
      return Stream.of(tcpRoutes, udpRoutes).<Route>flatMap(kind -> which.apply(kind).stream());
    }
  }

  GatewayInventory(
      KubernetesClient client,
      Function<Ref, @Nullable TargetGroup> targetGroups,
      Function<String, List<Grant>> grants,
      Function<String, Map<String, String>> labels) {
    this.targetGroups = targetGroups;
    this.grants = grants;
    this.labels = labels;
    this.kinds =
        new LateKinds(
            client,
            List.of(GatewayClass.class, Gateway.class, TcpRoute.class, UdpRoute.class),
            "The cluster has no Gateway API (1.6 or later), so no Gateways to serve until it is installed",
            this::follow);
  }

  void route(GatewayRouting to) {
    routing = to;
  }

  void start() {
    kinds.start();
  }

  void stop() {
    kinds.stop();
  }

  boolean synced() {
    return kinds.synced();
  }

  /** Whether there are Gateways to serve, and all of them are known. */
  public boolean present() {
    return kinds.present();
  }

  private void follow(Informers informers) {
    var found =
        new Caches(
            informers.clusterScoped(GatewayClass.class),
            informers
                .all(Gateway.class)
                .index(BY_CLASS, gateway -> List.of(gateway.getSpec().getGatewayClassName())),
            routes(informers.all(TcpRoute.class)),
            routes(informers.all(UdpRoute.class)),
            informers.all(Service.class, new SlimStore<>(Slim::backend)));
    caches = found;
    var to = routing;
    if (to != null) {
      found.classes.onChange(to::gatewayClass);
      found.gateways.onChange(to::gateway);
      found.tcpRoutes.onChange(to::route);
      found.udpRoutes.onChange(to::route);
      found.services.onChange(to::service);
    }
  }

  private static <R extends Route> Watched<R> routes(Watched<R> routes) {
    return routes
        .index(BY_GATEWAY, Route::gateways)
        .index(
            INTO_NAMESPACE,
            route -> route.targets().stream().map(Ref::namespace).distinct().toList());
  }

  @Override
  public @Nullable GatewayClass gatewayClass(String name) {
    return known().map(it -> it.classes.clusterScoped(name)).orElse(null);
  }

  @Override
  public @Nullable Gateway gateway(Ref ref) {
    return known().map(it -> it.gateways.get(ref)).orElse(null);
  }

  @Override
  public Collection<Route> routesTo(Ref gateway) {
    return routes(kind -> kind.by(BY_GATEWAY, gateway));
  }

  @Override
  public Collection<Route> routesInto(String namespace) {
    return routes(kind -> kind.by(INTO_NAMESPACE, namespace));
  }

  Collection<Route> routesOf(String namespace) {
    return routes(kind -> kind.in(namespace));
  }

  Collection<Gateway> gatewaysOf(String gatewayClass) {
    return known().map(it -> it.gateways.by(BY_CLASS, gatewayClass)).orElse(List.of());
  }

  @Override
  public @Nullable Service service(Ref ref) {
    return known().map(it -> it.services.get(ref)).orElse(null);
  }

  @Override
  public @Nullable TargetGroup targetGroup(Ref ref) {
    return targetGroups.apply(ref);
  }

  @Override
  public Collection<Grant> grantsIn(String namespace) {
    return grants.apply(namespace);
  }

  @Override
  public Map<String, String> labelsOf(String namespace) {
    return labels.apply(namespace);
  }

  private Collection<Route> routes(
      Function<Watched<? extends Route>, List<? extends Route>> which) {
    return known().map(it -> it.routes(which).toList()).orElse(List.of());
  }

  private Optional<Caches> known() {
    return Optional.ofNullable(caches);
  }
}
