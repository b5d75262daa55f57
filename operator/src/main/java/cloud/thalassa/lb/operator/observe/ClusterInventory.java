package cloud.thalassa.lb.operator.observe;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.DataplaneReport;
import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.ReplicaReport;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.address.Cidr;
import cloud.thalassa.lb.crds.address.IpAddress;
import cloud.thalassa.lb.operator.children.Testimony;
import cloud.thalassa.lb.operator.compile.Grant;
import cloud.thalassa.lb.operator.compile.PodTarget;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Selector;
import cloud.thalassa.lb.operator.compile.Site;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The inventory of a cluster: caches with the indexes that make every look-up cost its answer. */
public final class ClusterInventory implements Inventory {
  private static final String BY_LOAD_BALANCER = "by-load-balancer";
  private static final String BY_TARGET_GROUP = "by-target-group";
  private static final String BY_SECURITY_GROUP = "by-security-group";
  private static final String INTO_NAMESPACE = "into-namespace";
  private static final String BY_LABEL = "by-label";
  private static final String BY_PIVOT = "by-pivot";

  private final Watched<LoadBalancer> loadBalancers;
  private final Watched<Listener> listeners;
  private final Watched<TargetGroup> targetGroups;
  private final Watched<SecurityGroup> securityGroups;
  private final Watched<Pod> pods;
  private final Watched<Node> nodes;
  private final Watched<ForwardingConfig> configs;
  private final Watched<HealthReport> healthReports;
  private final Watched<DataplaneReport> dataplaneReports;
  private final Watched<ReplicaReport> replicaReports;
  private final Testimonies testimonies = new Testimonies(System::nanoTime);
  private final Function<String, List<Grant>> grants;
  private final List<Cidr> closedNetworks;

  ClusterInventory(
      Informers informers,
      String namespace,
      Watched<ForwardingConfig> configs,
      Function<String, List<Grant>> grantsIn,
      List<Cidr> closedNetworks) {
    this.closedNetworks = closedNetworks;
    this.configs = configs.index(BY_TARGET_GROUP, ClusterInventory::pools);
    this.grants = grantsIn;
    loadBalancers =
        informers.all(LoadBalancer.class).index(BY_SECURITY_GROUP, Inventory::securityGroupsOf);
    securityGroups = informers.all(SecurityGroup.class);
    listeners =
        informers
            .all(Listener.class)
            .index(BY_LOAD_BALANCER, ifSpecified(l -> List.of(Inventory.loadBalancerOf(l))))
            .index(BY_TARGET_GROUP, ifSpecified(Inventory::targetGroupsOf))
            .index(INTO_NAMESPACE, ifSpecified(ClusterInventory::foreignNamespaces));
    targetGroups =
        informers
            .all(TargetGroup.class)
            .index(BY_PIVOT, group -> PodLabels.lies(group).stream().toList());
    pods =
        informers
            .all(Pod.class, new SlimStore<>(Slim::pod))
            .index(BY_LABEL, PodLabels::keys)
            .index(BY_LOAD_BALANCER, pod -> replicaOf(pod).stream().toList());
    nodes = informers.clusterScoped(Node.class, new SlimStore<>(Slim::node));
    healthReports =
        informers
            .all(HealthReport.class)
            .index(BY_TARGET_GROUP, report -> groupOf(report).stream().toList());
    dataplaneReports =
        informers
            .all(DataplaneReport.class)
            .index(BY_LOAD_BALANCER, report -> labelled(report).stream().toList());
    replicaReports = informers.in(namespace, ReplicaReport.class);
  }

  Watched<LoadBalancer> loadBalancers() {
    return loadBalancers;
  }

  Generated generated() {
    return new Generated(loadBalancers, listeners, targetGroups, securityGroups);
  }

  void route(Routing routing) {
    loadBalancers.onChange(routing::loadBalancer);
    listeners.onChange(routing::listener);
    targetGroups.onChange(routing::targetGroup);
    securityGroups.onChange(routing::securityGroup);
    pods.onChange(routing::pod);
    healthReports.onChange(routing::healthReport);
    dataplaneReports.onChange(routing::document);
    configs.onChange(routing::forwardingConfig);
    replicaReports.onChange((before, now) -> routing.testimonies(testimonies.heard(before, now)));
  }

  void onTargetGroup(Watched.Change<TargetGroup> change) {
    targetGroups.onChange(change);
  }

  @Override
  public @Nullable LoadBalancer loadBalancer(Ref ref) {
    return loadBalancers.get(ref);
  }

  @Override
  public @Nullable TargetGroup targetGroup(Ref ref) {
    return targetGroups.get(ref);
  }

  @Override
  public @Nullable SecurityGroup securityGroup(Ref ref) {
    return securityGroups.get(ref);
  }

  @Override
  public List<LoadBalancer> loadBalancersAttaching(Ref securityGroup) {
    return loadBalancers.by(BY_SECURITY_GROUP, securityGroup);
  }

  @Override
  public Collection<Listener> listenersOf(Ref loadBalancer) {
    return listeners.by(BY_LOAD_BALANCER, loadBalancer);
  }

  @Override
  public Collection<Listener> listenersUsing(Ref targetGroup) {
    return listeners.by(BY_TARGET_GROUP, targetGroup);
  }

  @Override
  public List<PodTarget> podsOf(TargetGroup group) {
    var selector = group.getSpec().selector();
    var candidates =
        PodLabels.pivot(group)
            .map(pivot -> pods.by(BY_LABEL, pivot))
            .orElseGet(() -> pods.in(group.getMetadata().getNamespace()));
    return selector == null
        ? List.of()
        : candidates.stream()
            .filter(pod -> Selector.matches(selector, PodLabels.of(pod)))
            .map(this::target)
            .toList();
  }

  @Override
  public Collection<Grant> grantsIn(String namespace) {
    return grants.apply(namespace);
  }

  /** The dataplane pods of a load balancer. */
  public List<PodTarget> replicasOf(Ref loadBalancer) {
    return pods.by(BY_LOAD_BALANCER, loadBalancer).stream().map(this::target).toList();
  }

  @Override
  public List<Cidr> closedNetworks() {
    return closedNetworks;
  }

  @Override
  public Set<String> addressesOf(LoadBalancer loadBalancer) {
    var addresses = new HashSet<>(Inventory.super.addressesOf(loadBalancer));
    for (var replica : replicasOf(Ref.of(loadBalancer))) {
      replica.ips().stream()
          .map(IpAddress::parse)
          .filter(Objects::nonNull)
          .forEach(address -> addresses.add(address.text()));
    }
    return addresses;
  }

  /** What dataplane pods say about themselves, whether or not they still exist. */
  public List<DataplaneReport> dataplaneReportsOf(Ref loadBalancer) {
    return dataplaneReports.by(BY_LOAD_BALANCER, loadBalancer);
  }

  /** Of the newest configuration that was written for a load balancer; null: there is none. */
  public @Nullable String revisionOf(Ref loadBalancer) {
    var config = configs.get(loadBalancer);
    return config == null || config.getSpec() == null ? null : config.getSpec().revision();
  }

  /** What the health checkers say about a dataplane pod. */
  public Testimony testimonyAbout(Ref replica) {
    return testimonies.about(replica);
  }

  /** The reports on the members of a group, of whichever load balancers. */
  public List<HealthReport> healthReportsOf(Ref targetGroup) {
    return healthReports.by(BY_TARGET_GROUP, targetGroup);
  }

  /** Whether an accepted listener sends its connections to the group. */
  public boolean isUsed(Ref targetGroup) {
    return !configs.by(BY_TARGET_GROUP, targetGroup).isEmpty();
  }

  List<Listener> listenersReferringInto(String namespace) {
    return listeners.by(INTO_NAMESPACE, namespace);
  }

  Set<Ref> groupsSelecting(Pod pod) {
    var labels = PodLabels.of(pod);
    return PodLabels.lookups(pod).stream()
        .flatMap(key -> targetGroups.by(BY_PIVOT, key).stream())
        .filter(group -> Selector.matches(group.getSpec().selector(), labels))
        .map(Ref::of)
        .collect(Collectors.toSet());
  }

  /** The load balancer whose dataplane pod this is. */
  static Optional<Ref> replicaOf(Pod pod) {
    return Api.DATAPLANE.equals(PodLabels.of(pod).get(Api.COMPONENT_LABEL))
        ? labelled(pod)
        : Optional.empty();
  }

  static Optional<Ref> groupOf(HealthReport report) {
    var name = PodLabels.of(report).get(Api.TARGET_GROUP_LABEL);
    var namespace = PodLabels.of(report).get(Api.TARGET_GROUP_NAMESPACE_LABEL);
    return name == null || namespace == null
        ? Optional.empty()
        : Optional.of(new Ref(namespace, name));
  }

  static List<Ref> pools(@Nullable ForwardingConfig config) {
    if (config == null || config.getSpec() == null) {
      return List.of();
    }
    var refs = new ArrayList<Ref>();
    for (var pool : config.getSpec().pools()) {
      var slash = pool.name().indexOf('/');
      refs.add(new Ref(pool.name().substring(0, slash), pool.name().substring(slash + 1)));
    }
    return refs;
  }

  private PodTarget target(Pod pod) {
    var node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
    return PodTarget.of(pod, node == null ? null : zone(node), Site.CLUSTER);
  }

  private @Nullable String zone(String nodeName) {
    var node = nodes.clusterScoped(nodeName);
    return node == null ? null : node.getMetadata().getLabels().get(Slim.ZONE_LABEL);
  }

  /** The load balancer whose name the object carries. */
  static Optional<Ref> labelled(HasMetadata object) {
    return Optional.ofNullable(PodLabels.of(object).get(Api.LOAD_BALANCER_LABEL))
        .map(name -> new Ref(object.getMetadata().getNamespace(), name));
  }

  private static List<String> foreignNamespaces(Listener listener) {
    return Stream.concat(
            Stream.of(Inventory.loadBalancerOf(listener)),
            Inventory.targetGroupsOf(listener).stream())
        .map(Ref::namespace)
        .filter(namespace -> !namespace.equals(listener.getMetadata().getNamespace()))
        .distinct()
        .toList();
  }

  private static Function<Listener, Collection<?>> ifSpecified(
      Function<Listener, Collection<?>> keys) {
    return listener -> listener.getSpec() == null ? List.of() : keys.apply(listener);
  }
}
