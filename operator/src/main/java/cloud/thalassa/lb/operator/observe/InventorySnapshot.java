package cloud.thalassa.lb.operator.observe;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.ObjectRef;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.compile.Grant;
import cloud.thalassa.lb.operator.compile.PodTarget;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Selector;
import cloud.thalassa.lb.operator.compile.Site;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An inventory of given objects, indexed once. Objects without a meaning here are left aside, and
 * so are listeners without references: they belong to nothing. The objects must have a namespace.
 */
public final class InventorySnapshot implements Inventory {
  private final Map<Ref, LoadBalancer> loadBalancers = new HashMap<>();
  private final Map<Ref, TargetGroup> targetGroups = new HashMap<>();
  private final Map<Ref, SecurityGroup> securityGroups = new HashMap<>();
  private final Map<Ref, List<LoadBalancer>> loadBalancersBySecurityGroup = new HashMap<>();
  private final Map<Ref, List<Listener>> listenersByLoadBalancer = new HashMap<>();
  private final Map<Ref, List<Listener>> listenersByTargetGroup = new HashMap<>();
  private final Map<String, List<Grant>> grants = new HashMap<>();
  private final Map<String, List<LabelledPod>> podsByNamespace = new HashMap<>();
  private final Map<Label, List<LabelledPod>> podsByLabel = new HashMap<>();

  private InventorySnapshot() {}

  /** Takes the objects as they are; they must not change afterwards. */
  public static InventorySnapshot of(Collection<? extends HasMetadata> objects, Site site) {
    var snapshot = new InventorySnapshot();
    var zones = zones(objects);
    for (var object : objects) {
      switch (object) {
        case LoadBalancer it -> snapshot.add(it);
        case TargetGroup it -> snapshot.targetGroups.put(Ref.of(it), it);
        case SecurityGroup it -> snapshot.securityGroups.put(Ref.of(it), it);
        case Listener it -> snapshot.add(it);
        case ReferenceGrant it when it.getSpec() != null -> snapshot.add(Grant.of(it));
        case io.fabric8.kubernetes.api.model.gatewayapi.v1.ReferenceGrant it
            when it.getSpec() != null ->
            snapshot.add(Grant.of(it));
        case Pod it -> snapshot.add(it, zone(it, zones), site);
        default -> {}
      }
    }
    return snapshot;
  }

  public Collection<LoadBalancer> loadBalancers() {
    return loadBalancers.values();
  }

  public Collection<TargetGroup> targetGroups() {
    return targetGroups.values();
  }

  public Collection<SecurityGroup> securityGroups() {
    return securityGroups.values();
  }

  /** The listeners whose load balancer does not exist. */
  public List<Listener> orphans() {
    return listenersByLoadBalancer.entrySet().stream()
        .filter(entry -> !loadBalancers.containsKey(entry.getKey()))
        .flatMap(entry -> entry.getValue().stream())
        .toList();
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
    return loadBalancersBySecurityGroup.getOrDefault(securityGroup, List.of());
  }

  @Override
  public List<Listener> listenersOf(Ref loadBalancer) {
    return listenersByLoadBalancer.getOrDefault(loadBalancer, List.of());
  }

  @Override
  public List<Listener> listenersUsing(Ref targetGroup) {
    return listenersByTargetGroup.getOrDefault(targetGroup, List.of());
  }

  @Override
  public List<PodTarget> podsOf(TargetGroup group) {
    var selector = group.getSpec() == null ? null : group.getSpec().selector();
    if (selector == null) {
      return List.of();
    }
    var namespace = group.getMetadata().getNamespace();
    var pivot = Selector.pivot(selector);
    var candidates =
        pivot == null
            ? podsByNamespace.getOrDefault(namespace, List.of())
            : podsByLabel.getOrDefault(
                new Label(namespace, pivot.getKey(), pivot.getValue()), List.of());
    return candidates.stream()
        .filter(pod -> Selector.matches(selector, pod.labels))
        .map(LabelledPod::target)
        .toList();
  }

  @Override
  public List<Grant> grantsIn(String namespace) {
    return grants.getOrDefault(namespace, List.of());
  }

  private void add(LoadBalancer loadBalancer) {
    loadBalancers.put(Ref.of(loadBalancer), loadBalancer);
    Inventory.securityGroupsOf(loadBalancer)
        .forEach(group -> into(loadBalancersBySecurityGroup, group, loadBalancer));
  }

  private void add(Listener listener) {
    var spec = listener.getSpec();
    if (spec == null
        || unnamed(spec.loadBalancerRef())
        || spec.shares().isEmpty()
        || spec.shares().stream().anyMatch(share -> unnamed(share.ref()))) {
      return;
    }
    into(listenersByLoadBalancer, Inventory.loadBalancerOf(listener), listener);
    Inventory.targetGroupsOf(listener)
        .forEach(group -> into(listenersByTargetGroup, group, listener));
  }

  private static boolean unnamed(@Nullable ObjectRef ref) {
    return ref == null || ref.name() == null;
  }

  private void add(Grant grant) {
    into(grants, grant.namespace(), grant);
  }

  private void add(Pod pod, @Nullable String zone, Site site) {
    var namespace = pod.getMetadata().getNamespace();
    var labels = PodLabels.of(pod);
    var labelled = new LabelledPod(labels, PodTarget.of(pod, zone, site));
    into(podsByNamespace, namespace, labelled);
    labels.forEach((key, value) -> into(podsByLabel, new Label(namespace, key, value), labelled));
  }

  private static Map<String, String> zones(Collection<? extends HasMetadata> objects) {
    var zones = new HashMap<String, String>();
    for (var object : objects) {
      if (object instanceof Node node && PodLabels.of(node).containsKey(Slim.ZONE_LABEL)) {
        zones.put(node.getMetadata().getName(), PodLabels.of(node).get(Slim.ZONE_LABEL));
      }
    }
    return zones;
  }

  private static @Nullable String zone(Pod pod, Map<String, String> zones) {
    var node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
    var zone = node == null ? null : zones.get(node);
    return zone == null ? PodLabels.of(pod).get(Slim.ZONE_LABEL) : zone;
  }

  private static <K, V> void into(Map<K, List<V>> index, K key, V value) {
    index.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
  }

  private record Label(String namespace, String key, String value) {}

  private record LabelledPod(Map<String, String> labels, PodTarget target) {}
}
