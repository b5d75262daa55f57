package cloud.thalassa.lb.operator.directory;

import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.manifest.Finding;
import cloud.thalassa.lb.crds.manifest.Identity;
import cloud.thalassa.lb.operator.allocate.Settlement;
import cloud.thalassa.lb.operator.allocate.SubnetRules;
import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.OffLimits;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Site;
import cloud.thalassa.lb.operator.observe.InventorySnapshot;
import cloud.thalassa.lb.operator.status.SecurityGroupStatuses;
import cloud.thalassa.lb.operator.status.Statuses;
import cloud.thalassa.lb.operator.status.SubnetStatuses;
import cloud.thalassa.lb.operator.status.TargetGroupStatuses;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the status of every user object, where it changed. One is made for each round. */
final class StatusWriter {
  private final StatusFiles files;
  private final InventorySnapshot inventory;
  private final Settlement settlement;
  private final Reports reports;
  private final Map<Identity, Finding> refused;
  private final Instant now;
  private final Set<Identity> present = new HashSet<>();
  private boolean ready = true;

  StatusWriter(
      StatusFiles files,
      InventorySnapshot inventory,
      Settlement settlement,
      Reports reports,
      Map<Identity, Finding> refused,
      Instant now) {
    this.files = files;
    this.inventory = inventory;
    this.settlement = settlement;
    this.reports = reports;
    this.refused = refused;
    this.now = now;
  }

  /** Returns whether every accepted listener is bound. */
  boolean write(Collection<Served> served) throws IOException {
    for (var one : served) {
      loadBalancer(one);
    }
    for (var orphan : inventory.orphans()) {
      var verdict = inventory.orphan(orphan);
      write(
          StatusKind.LISTENER, orphan, previous -> Statuses.orphan(orphan, verdict, previous, now));
    }
    for (var group : inventory.targetGroups()) {
      targetGroup(group, served);
    }
    for (var group : inventory.securityGroups()) {
      var users = inventory.loadBalancersAttaching(Ref.of(group));
      write(
          StatusKind.SECURITY_GROUP,
          group,
          previous -> SecurityGroupStatuses.of(group, users, previous, now));
    }
    for (var subnet : settlement.subnets()) {
      subnet(subnet);
    }
    neverValid();
    files.retain(present);
    return ready;
  }

  private void loadBalancer(Served served) throws IOException {
    var object = served.observed().loadBalancer();
    var statuses =
        Statuses.of(
            served.observed(),
            served.compiled(),
            reports.fleet(object, settlement.placeOf(object)),
            reports.of(object));
    write(StatusKind.LOAD_BALANCER, object, previous -> statuses.loadBalancer(previous, now));
    for (var listener : served.observed().listeners()) {
      var status =
          write(
              StatusKind.LISTENER,
              listener,
              previous -> statuses.listener(listener, previous, now));
      var verdict = served.compiled().listeners().get(Ref.of(listener));
      ready &= verdict == null || !verdict.accepted() || programmed(status.conditions());
    }
  }

  private void targetGroup(TargetGroup group, Collection<Served> served) throws IOException {
    var ref = Ref.of(group);
    var pods = inventory.podsOf(group);
    var used = served.stream().anyMatch(one -> one.compiled().uses(ref));
    var health = reports.of(ref);
    write(
        StatusKind.TARGET_GROUP,
        group,
        previous ->
            TargetGroupStatuses.of(
                group, pods, OffLimits.of(Site.DIRECTORY), used, health, previous, now));
  }

  private void subnet(Subnet subnet) throws IOException {
    var verdict = SubnetRules.judge(subnet, settlement.subnets(), Site.DIRECTORY);
    var use = settlement.use(subnet);
    write(
        StatusKind.SUBNET,
        subnet,
        previous -> SubnetStatuses.of(subnet, verdict, use, previous, now));
  }

  /** Objects of which no version was ever valid have nothing but this status. */
  private void neverValid() throws IOException {
    for (var identity : refused.keySet()) {
      for (var kind : StatusKind.ALL) {
        if (kind.name().equals(identity.kind()) && !present.contains(identity)) {
          neverValid(kind, identity);
        }
      }
    }
  }

  private <T extends CustomResource<?, S>, S> void neverValid(
      StatusKind<T, S> kind, Identity identity) throws IOException {
    var object = kind.fresh().get();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(identity.namespace())
            .withName(identity.name())
            .build());
    object.setSpec(null);
    write(kind, object, previous -> kind.empty());
  }

  /**
   * Writes what {@code status} makes of the previous one, and what is wrong with the newest
   * version.
   */
  private <T extends CustomResource<?, S>, S> S write(
      StatusKind<T, S> kind, T object, Function<@Nullable S, S> status) throws IOException {
    var ref = Ref.of(object);
    var identity = new Identity(kind.name(), ref.namespace(), ref.name());
    var previous = files.previous(kind.type(), identity);
    var next = status.apply(previous);
    var refusal = refused.get(identity);
    if (refusal != null) {
      var before = previous == null ? List.<Condition>of() : kind.conditions().apply(previous);
      var conditions = Refusal.conditions(refusal, kind.conditions().apply(next), before, now);
      next = kind.with().apply(next, conditions);
    }
    files.write(object, next, now);
    present.add(identity);
    return next;
  }

  private static boolean programmed(List<Condition> conditions) {
    return conditions.stream()
        .anyMatch(
            c ->
                ConditionType.PROGRAMMED.toString().equals(c.getType())
                    && "True".equals(c.getStatus()));
  }
}
