package cloud.thalassa.lb.operator.observe;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.address.Cidr;
import cloud.thalassa.lb.operator.compile.Grant;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.gateway.Permissions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that the operator knows of its cluster, from a watch on each kind. */
public final class Cluster {
  private static final String BY_LOAD_BALANCER = "by-load-balancer";
  private static final String OURS = Api.LOAD_BALANCER_LABEL;

  private final Informers informers;
  private final ReferenceGrants grants;
  private final GatewayInventory gateways;
  private final ClusterInventory inventory;
  private final AddressInventory addresses;
  private final Generated generated;
  private final Routing routing;
  private final GatewayRouting gatewayRouting;
  private final Signals due =
      new Signals(
          new Signal(),
          new Signal(),
          new Signal(),
          new Signal(),
          new Signal(),
          new Signal(),
          new Signal(),
          new Signal(),
          new Signal(),
          new Signal(),
          new Signal(),
          new Signal());
  private final Map<Class<?>, Watched<?>> written = new LinkedHashMap<>();
  private final Watched<EndpointSlice> slices;

  /**
   * Starts nothing yet.
   *
   * @param namespace where the health checkers are
   * @param ownWrite is told of every change of what this process writes, and says whether the
   *     change is just its own write
   * @param closedNetworks no target given by hand may be in one of them
   */
  public Cluster(
      KubernetesClient client,
      String namespace,
      BiPredicate<@Nullable HasMetadata, @Nullable HasMetadata> ownWrite,
      List<Cidr> closedNetworks) {
    informers = new Informers(client);
    var configs = writtenByUs(ForwardingConfig.class);
    slices =
        writtenByUs(EndpointSlice.class, OURS + "," + Api.MANAGED_BY_LABEL + "=" + Api.OPERATOR)
            .index(BY_LOAD_BALANCER, slice -> ClusterInventory.labelled(slice).stream().toList());
    writtenByUs(Deployment.class);
    var services = writtenByUs(Service.class);
    writtenByUs(ServiceAccount.class);
    writtenByUs(RoleBinding.class);
    writtenByUs(NetworkPolicy.class);
    writtenByUs(PodDisruptionBudget.class);
    grants = new ReferenceGrants(client, this::grantsChanged);
    inventory = new ClusterInventory(informers, namespace, configs, this::grantsIn, closedNetworks);
    generated = inventory.generated();
    addresses = new AddressInventory(informers, inventory.loadBalancers());
    gateways =
        new GatewayInventory(client, inventory::targetGroup, grants::in, addresses::labelsOf);
    routing = new Routing(inventory, due, ownWrite);
    inventory.route(routing);
    var addressRouting = new AddressRouting(addresses, due, ownWrite);
    addresses.route(addressRouting);
    services.onChange(addressRouting::frontService);
    gatewayRouting = new GatewayRouting(gateways, due);
    gateways.route(gatewayRouting);
    inventory.onTargetGroup(gatewayRouting::targetGroup);
    addresses.onNamespace(gatewayRouting::namespace);
    written.forEach(
        (kind, watched) -> {
          if (kind != ForwardingConfig.class) {
            watched.onChange(routing::document);
          }
        });
  }

  /** Begins to watch, and returns. */
  public void start() {
    informers.start();
    grants.start();
    gateways.start();
  }

  public void stop() {
    gateways.stop();
    grants.stop();
    informers.stop();
  }

  /** Whether everything has been seen once. Before, no decision may be taken. */
  public boolean synced() {
    return informers.synced() && grants.synced() && gateways.synced();
  }

  public ClusterInventory inventory() {
    return inventory;
  }

  public AddressInventory addresses() {
    return addresses;
  }

  public GatewayInventory gateways() {
    return gateways;
  }

  /** The objects that were made for Services of type LoadBalancer, and for Gateways. */
  public Generated generated() {
    return generated;
  }

  /** Which reconciliations are due. */
  public Signals due() {
    return due;
  }

  /** Tells of a load balancer in the moment in which something is seen that may change it. */
  public void onSight(Consumer<Ref> told) {
    due.loadBalancers().listen(told);
    inventory
        .loadBalancers()
        .onChange(
            (before, now) -> {
              if (now != null && (before == null || !now.getSpec().equals(before.getSpec()))) {
                told.accept(Ref.of(now));
              }
            });
  }

  /** The object of the same kind and name, as last seen. */
  public @Nullable HasMetadata current(HasMetadata desired) {
    var watched = written.get(desired.getClass());
    if (watched == null) {
      throw new IllegalArgumentException(desired.getKind() + " is not a kind that we write");
    }
    return watched.get(Ref.of(desired));
  }

  /** The slices that were written for a load balancer. */
  public List<EndpointSlice> slicesOf(LoadBalancer loadBalancer) {
    return slices.by(BY_LOAD_BALANCER, Ref.of(loadBalancer));
  }

  private void grantsChanged(String namespace) {
    routing.grants(namespace);
    gatewayRouting.grants(namespace);
  }

  /** Those that are written, and those that follow from routes which Gateways take. */
  private List<Grant> grantsIn(String namespace) {
    return Stream.concat(
            grants.in(namespace).stream(), Permissions.into(namespace, gateways).stream())
        .toList();
  }

  private <T extends HasMetadata> Watched<T> writtenByUs(Class<T> kind) {
    return writtenByUs(kind, OURS);
  }

  private <T extends HasMetadata> Watched<T> writtenByUs(Class<T> kind, String selector) {
    var watched = informers.labelled(kind, selector);
    written.put(kind, watched);
    return watched;
  }
}
