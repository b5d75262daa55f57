package cloud.thalassa.lb.operator.observe;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.address.Cidr;
import cloud.thalassa.lb.crds.address.IpAddress;
import cloud.thalassa.lb.operator.compile.Compiler;
import cloud.thalassa.lb.operator.compile.Grant;
import cloud.thalassa.lb.operator.compile.Observed;
import cloud.thalassa.lb.operator.compile.OffLimits;
import cloud.thalassa.lb.operator.compile.PodTarget;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Seat;
import cloud.thalassa.lb.operator.compile.Site;
import cloud.thalassa.lb.operator.compile.Verdict;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What exists, as far as we know: the caches of a cluster's informers, or a directory. Every
 * look-up costs what it returns, not what exists.
 */
public interface Inventory {
  @Nullable LoadBalancer loadBalancer(Ref ref);

  @Nullable TargetGroup targetGroup(Ref ref);

  @Nullable SecurityGroup securityGroup(Ref ref);

  /** The load balancers that attach this security group, whether or not it exists. */
  Collection<LoadBalancer> loadBalancersAttaching(Ref securityGroup);

  /** The listeners of any namespace that refer to this load balancer, whether or not it exists. */
  Collection<Listener> listenersOf(Ref loadBalancer);

  /** The listeners of any namespace that refer to this target group, whether or not it exists. */
  Collection<Listener> listenersUsing(Ref targetGroup);

  /** The pods of the group's namespace that its selector matches; none without a selector. */
  List<PodTarget> podsOf(TargetGroup group);

  /** The ReferenceGrants that lie in this namespace. */
  Collection<Grant> grantsIn(String namespace);

  /** The networks that the platform closes to targets given by hand. */
  default List<Cidr> closedNetworks() {
    return List.of();
  }

  /** Where a load balancer is reached: at its own addresses, and at those of its replicas. */
  default Set<String> addressesOf(LoadBalancer loadBalancer) {
    var spec = loadBalancer.getSpec();
    var status = loadBalancer.getStatus();
    return Stream.concat(
            spec == null ? Stream.of() : spec.addresses().stream(),
            status == null ? Stream.of() : status.addresses().stream().map(Address::ip))
        .map(IpAddress::parse)
        .filter(Objects::nonNull)
        .map(IpAddress::text)
        .collect(Collectors.toSet());
  }

  /** Which addresses the targets of a load balancer cannot have. */
  default OffLimits offLimits(LoadBalancer loadBalancer, Site site) {
    return site == Site.CLUSTER
        ? new OffLimits(site, addressesOf(loadBalancer), closedNetworks())
        : OffLimits.of(site);
  }

  /** Which addresses the targets of a group cannot have, whoever uses it. */
  default OffLimits offLimits(Ref targetGroup, Site site) {
    if (site != Site.CLUSTER) {
      return OffLimits.of(site);
    }
    var own =
        loadBalancersUsing(targetGroup).stream()
            .map(this::loadBalancer)
            .filter(Objects::nonNull)
            .flatMap(loadBalancer -> addressesOf(loadBalancer).stream())
            .collect(Collectors.toSet());
    return new OffLimits(site, own, closedNetworks());
  }

  /** All that matters for one load balancer. */
  default Observed observe(LoadBalancer loadBalancer, Site site, Seat seat) {
    var listeners = List.copyOf(listenersOf(Ref.of(loadBalancer)));
    var targetGroups = new HashMap<Ref, TargetGroup>();
    var pods = new HashMap<Ref, List<PodTarget>>();
    var namespaces = new HashSet<String>();
    namespaces.add(loadBalancer.getMetadata().getNamespace());
    for (var ref : listeners.stream().flatMap(it -> targetGroupsOf(it).stream()).toList()) {
      namespaces.add(ref.namespace());
      var group = targetGroup(ref);
      if (group != null && targetGroups.put(ref, group) == null) {
        pods.put(ref, podsOf(group));
      }
    }
    var grants = namespaces.stream().flatMap(namespace -> grantsIn(namespace).stream()).toList();
    return new Observed(
        loadBalancer,
        listeners,
        targetGroups,
        securityGroups(loadBalancer),
        pods,
        grants,
        offLimits(loadBalancer, site),
        seat);
  }

  private Map<Ref, SecurityGroup> securityGroups(LoadBalancer loadBalancer) {
    var groups = new HashMap<Ref, SecurityGroup>();
    for (var ref : securityGroupsOf(loadBalancer)) {
      var group = securityGroup(ref);
      if (group != null) {
        groups.put(ref, group);
      }
    }
    return groups;
  }

  /** The verdict on a listener whose load balancer does not exist. */
  default Verdict orphan(Listener listener) {
    var refs = targetGroupsOf(listener);
    var grants =
        Stream.concat(Stream.of(loadBalancerOf(listener)), refs.stream())
            .map(Ref::namespace)
            .distinct()
            .flatMap(namespace -> grantsIn(namespace).stream())
            .toList();
    var groups = refs.stream().map(this::targetGroup).filter(Objects::nonNull).toList();
    return Compiler.orphan(listener, groups, grants);
  }

  /** The load balancers, existing or not, whose listeners refer to this target group. */
  default SortedSet<Ref> loadBalancersUsing(Ref targetGroup) {
    var refs = new TreeSet<Ref>();
    listenersUsing(targetGroup).forEach(listener -> refs.add(loadBalancerOf(listener)));
    return refs;
  }

  /** What it attaches, existing or not. */
  static List<Ref> securityGroupsOf(LoadBalancer loadBalancer) {
    var namespace = loadBalancer.getMetadata().getNamespace();
    return loadBalancer.getSpec() == null
        ? List.of()
        : loadBalancer.getSpec().securityGroupRefs().stream()
            .map(ref -> new Ref(namespace, ref.name()))
            .distinct()
            .toList();
  }

  static Ref loadBalancerOf(Listener listener) {
    return Ref.of(listener.getSpec().loadBalancerRef(), listener.getMetadata().getNamespace());
  }

  /** Each once. */
  static List<Ref> targetGroupsOf(Listener listener) {
    var home = listener.getMetadata().getNamespace();
    return listener.getSpec().shares().stream()
        .map(share -> Ref.of(share.ref(), home))
        .distinct()
        .toList();
  }
}
