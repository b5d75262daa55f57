package cloud.thalassa.lb.operator.observe;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.compile.PodTarget;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Site;
import cloud.thalassa.lb.operator.front.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose reconciliation a change makes due. Each look-up goes by an index: a pod's change costs its
 * labels and the groups that select it, never all groups.
 */
final class Routing {
  private final ClusterInventory inventory;
  private final Signals due;
  private final BiPredicate<@Nullable HasMetadata, @Nullable HasMetadata> ownWrite;

  /**
   * @param ownWrite is told of every change of what this process writes, and says whether the
   *     change is just its own write
   */
  Routing(
      ClusterInventory inventory,
      Signals due,
      BiPredicate<@Nullable HasMetadata, @Nullable HasMetadata> ownWrite) {
    this.inventory = inventory;
    this.due = due;
    this.ownWrite = ownWrite;
  }

  /** Its spec is watched by its reconciler; here its listeners, and repairs of its status. */
  void loadBalancer(@Nullable LoadBalancer before, @Nullable LoadBalancer now) {
    var ref = Ref.of(either(before, now));
    var own = ownWrite.test(before, now);
    madeFor(before, now);
    if (before == null || now == null) {
      inventory.listenersOf(ref).forEach(listener -> due.listeners().due(Ref.of(listener)));
    } else if (!addresses(before).equals(addresses(now))) {
      due.loadBalancers().due(ref); // none of its targets may have them
      inventory.listenersOf(ref).stream()
          .flatMap(listener -> Inventory.targetGroupsOf(listener).stream())
          .distinct()
          .forEach(due.targetGroups()::due);
    } else if (!own) {
      due.loadBalancers().due(ref);
    }
    var earlier = attached(before);
    var later = attached(now);
    difference(earlier, later).forEach(due.securityGroups()::due);
  }

  private static List<Ref> attached(@Nullable LoadBalancer loadBalancer) {
    return loadBalancer == null ? List.of() : Inventory.securityGroupsOf(loadBalancer);
  }

  void listener(@Nullable Listener before, @Nullable Listener now) {
    var own = ownWrite.test(before, now);
    madeFor(before, now);
    if (own && !respecified(before, now)) {
      return;
    }
    if (now != null) {
      due.listeners().due(Ref.of(now));
    }
    difference(targetGroups(before), targetGroups(now)).forEach(due.targetGroups()::due);
    both(before, now)
        .filter(listener -> listener.getSpec() != null)
        .map(Inventory::loadBalancerOf)
        .distinct()
        .forEach(due.loadBalancers()::due);
  }

  private static List<Ref> targetGroups(@Nullable Listener listener) {
    return listener == null || listener.getSpec() == null
        ? List.of()
        : Inventory.targetGroupsOf(listener);
  }

  void targetGroup(@Nullable TargetGroup before, @Nullable TargetGroup now) {
    var own = ownWrite.test(before, now);
    if (own && !respecified(before, now)) {
      return;
    }
    var ref = Ref.of(either(before, now));
    due.targetGroups().due(ref);
    if (respecified(before, now)) {
      madeFor(before, now);
      inventory.loadBalancersUsing(ref).forEach(due.loadBalancers()::due);
    }
  }

  /** Wakes the load balancers that attach it, and no other. */
  void securityGroup(@Nullable SecurityGroup before, @Nullable SecurityGroup now) {
    var own = ownWrite.test(before, now);
    if (own && !respecified(before, now)) {
      return;
    }
    var ref = Ref.of(either(before, now));
    due.securityGroups().due(ref);
    if (respecified(before, now)) {
      madeFor(before, now);
      inventory
          .loadBalancersAttaching(ref)
          .forEach(loadBalancer -> due.loadBalancers().due(Ref.of(loadBalancer)));
    }
  }

  void pod(@Nullable Pod before, @Nullable Pod now) {
    if (before != null && now != null && same(before, now)) {
      return;
    }
    var groups = new HashSet<Ref>();
    both(before, now).forEach(pod -> groups.addAll(inventory.groupsSelecting(pod)));
    for (var ref : groups) {
      due.targetGroups().due(ref);
      inventory.loadBalancersUsing(ref).forEach(due.loadBalancers()::due);
    }
    both(before, now)
        .flatMap(pod -> ClusterInventory.replicaOf(pod).stream())
        .forEach(due.loadBalancers()::due);
  }

  /** A document of ours, a report, or a child: all carry their load balancer's name. */
  void document(@Nullable HasMetadata before, @Nullable HasMetadata now) {
    if (!ownWrite.test(before, now)) {
      both(before, now)
          .flatMap(document -> ClusterInventory.labelled(document).stream())
          .distinct()
          .forEach(due.loadBalancers()::due);
    }
  }

  /** A group learns whether it is used from the config that uses it. */
  void forwardingConfig(@Nullable ForwardingConfig before, @Nullable ForwardingConfig now) {
    document(before, now);
    var earlier = ClusterInventory.pools(before);
    var later = ClusterInventory.pools(now);
    difference(earlier, later).forEach(due.targetGroups()::due);
  }

  void healthReport(@Nullable HealthReport before, @Nullable HealthReport now) {
    both(before, now)
        .flatMap(report -> ClusterInventory.groupOf(report).stream())
        .distinct()
        .forEach(due.targetGroups()::due);
  }

  /** Health checkers say something else about their replicas. */
  void testimonies(Set<Ref> loadBalancers) {
    loadBalancers.forEach(due.loadBalancers()::due);
    loadBalancers.forEach(due.testimonies()::due);
  }

  /** The grants of a namespace: matters to the listeners that refer into it from another one. */
  void grants(String namespace) {
    for (var listener : inventory.listenersReferringInto(namespace)) {
      due.listeners().due(Ref.of(listener));
      due.loadBalancers().due(Inventory.loadBalancerOf(listener));
    }
  }

  /**
   * What was made for another object tells it how it is, and has to be made again if it changes.
   */
  private void madeFor(@Nullable HasMetadata before, @Nullable HasMetadata now) {
    both(before, now)
        .flatMap(object -> Owner.of(object).stream())
        .distinct()
        .forEach(
            owner ->
                (owner.kind().equals("Gateway") ? due.gateways() : due.services())
                    .due(owner.ref()));
  }

  /** Its meaning may be another one, whoever wrote it: it is new, gone, or has another spec. */
  private static boolean respecified(@Nullable HasMetadata before, @Nullable HasMetadata now) {
    return before == null || now == null || generation(before) != generation(now);
  }

  private static List<Address> addresses(LoadBalancer lb) {
    return lb.getStatus() == null ? List.of() : lb.getStatus().addresses();
  }

  private static boolean same(Pod before, Pod now) {
    return PodLabels.of(before).equals(PodLabels.of(now))
        && PodTarget.of(before, null, Site.CLUSTER).equals(PodTarget.of(now, null, Site.CLUSTER));
  }

  /** What only one of the two has. */
  private static Stream<Ref> difference(List<Ref> earlier, List<Ref> later) {
    return Stream.concat(
        earlier.stream().filter(ref -> !later.contains(ref)),
        later.stream().filter(ref -> !earlier.contains(ref)));
  }

  private static long generation(HasMetadata object) {
    return Objects.requireNonNullElse(object.getMetadata().getGeneration(), 0L);
  }

  private static <T> Stream<T> both(@Nullable T before, @Nullable T now) {
    return Stream.concat(Stream.ofNullable(before), Stream.ofNullable(now));
  }

  private static <T> T either(@Nullable T before, @Nullable T now) {
    return both(before, now).findFirst().orElseThrow();
  }
}
