package cloud.thalassa.lb.operator.directory;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.ListenerStatus;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.TargetGroupStatus;
import cloud.thalassa.lb.operator.check.Finding;
import cloud.thalassa.lb.operator.check.Identity;
import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Site;
import cloud.thalassa.lb.operator.observe.InventorySnapshot;
import cloud.thalassa.lb.operator.status.Statuses;
import cloud.thalassa.lb.operator.status.TargetGroupStatuses;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the status of every user object, where it changed. One is made for each round. */
final class StatusWriter {
  private final StatusFiles files;
  private final InventorySnapshot inventory;
  private final Reports reports;
  private final Map<Identity, Finding> refused;
  private final Instant now;
  private final Set<Identity> present = new HashSet<>();
  private boolean ready = true;

  StatusWriter(
      StatusFiles files,
      InventorySnapshot inventory,
      Reports reports,
      Map<Identity, Finding> refused,
      Instant now) {
    this.files = files;
    this.inventory = inventory;
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
      var previous = files.previous(ListenerStatus.class, identity("Listener", Ref.of(orphan)));
      listener(orphan, Statuses.orphan(orphan, verdict, previous, now), previous);
    }
    for (var group : inventory.targetGroups()) {
      targetGroup(group, served);
    }
    neverValid();
    files.retain(present);
    return ready;
  }

  private void loadBalancer(Served served) throws IOException {
    var object = served.observed().loadBalancer();
    var statuses =
        Statuses.of(
            served.observed(), served.compiled(), reports.fleet(object), reports.of(object));
    var identity = identity("LoadBalancer", Ref.of(object));
    var previous = files.previous(LoadBalancerStatus.class, identity);
    var status = statuses.loadBalancer(previous, now);
    write(
        object, previous == null ? List.of() : previous.conditions(), status, status.conditions());
    for (var listener : served.observed().listeners()) {
      var before = files.previous(ListenerStatus.class, identity("Listener", Ref.of(listener)));
      var after = statuses.listener(listener, before, now);
      listener(listener, after, before);
      var verdict = served.compiled().listeners().get(Ref.of(listener));
      ready &= verdict == null || !verdict.accepted() || programmed(after.conditions());
    }
  }

  private void listener(Listener listener, ListenerStatus status, @Nullable ListenerStatus previous)
      throws IOException {
    write(
        listener,
        previous == null ? List.of() : previous.conditions(),
        status,
        status.conditions());
  }

  private void targetGroup(TargetGroup group, Collection<Served> served) throws IOException {
    var ref = Ref.of(group);
    var previous = files.previous(TargetGroupStatus.class, identity("TargetGroup", ref));
    var used = served.stream().anyMatch(one -> one.compiled().uses(ref));
    var status =
        TargetGroupStatuses.of(
            group, inventory.podsOf(group), Site.DIRECTORY, used, reports.of(ref), previous, now);
    write(group, previous == null ? List.of() : previous.conditions(), status, status.conditions());
  }

  private void write(
      LoadBalancer object, List<Condition> before, LoadBalancerStatus status, List<Condition> after)
      throws IOException {
    var identity = identity("LoadBalancer", Ref.of(object));
    var refusal = refused.get(identity);
    var conditions = refusal == null ? after : Refusal.conditions(refusal, after, before, now);
    files.write(
        object,
        new LoadBalancerStatus(
            status.observedGeneration(),
            status.addresses(),
            status.listeners(),
            status.replicas(),
            conditions));
    present.add(identity);
  }

  private void write(
      Listener object, List<Condition> before, ListenerStatus status, List<Condition> after)
      throws IOException {
    var identity = identity("Listener", Ref.of(object));
    var refusal = refused.get(identity);
    var conditions = refusal == null ? after : Refusal.conditions(refusal, after, before, now);
    files.write(
        object,
        new ListenerStatus(
            status.observedGeneration(), status.address(), status.activeConnections(), conditions));
    present.add(identity);
  }

  private void write(
      TargetGroup object, List<Condition> before, TargetGroupStatus status, List<Condition> after)
      throws IOException {
    var identity = identity("TargetGroup", Ref.of(object));
    var refusal = refused.get(identity);
    var conditions = refusal == null ? after : Refusal.conditions(refusal, after, before, now);
    files.write(
        object, new TargetGroupStatus(status.observedGeneration(), status.targets(), conditions));
    present.add(identity);
  }

  /** Objects of which no version was ever valid have nothing but this status. */
  private void neverValid() throws IOException {
    for (var refusal : refused.entrySet()) {
      var identity = refusal.getKey();
      if (present.contains(identity)) {
        continue;
      }
      var metadata = metadata(identity);
      switch (identity.kind()) {
        case "LoadBalancer" -> {
          var object = new LoadBalancer();
          object.setMetadata(metadata);
          object.setSpec(null);
          var previous = files.previous(LoadBalancerStatus.class, identity);
          var before = previous == null ? List.<Condition>of() : previous.conditions();
          write(
              object,
              before,
              new LoadBalancerStatus(null, List.of(), null, null, List.of()),
              List.of());
        }
        case "Listener" -> {
          var object = new Listener();
          object.setMetadata(metadata);
          object.setSpec(null);
          var previous = files.previous(ListenerStatus.class, identity);
          var before = previous == null ? List.<Condition>of() : previous.conditions();
          write(object, before, new ListenerStatus(null, null, null, List.of()), List.of());
        }
        case "TargetGroup" -> {
          var object = new TargetGroup();
          object.setMetadata(metadata);
          object.setSpec(null);
          var previous = files.previous(TargetGroupStatus.class, identity);
          var before = previous == null ? List.<Condition>of() : previous.conditions();
          write(object, before, new TargetGroupStatus(null, null, List.of()), List.of());
        }
        default -> {}
      }
    }
  }

  private static boolean programmed(List<Condition> conditions) {
    return conditions.stream()
        .anyMatch(
            c ->
                ConditionType.PROGRAMMED.toString().equals(c.getType())
                    && "True".equals(c.getStatus()));
  }

  private static Identity identity(String kind, Ref ref) {
    return new Identity(kind, ref.namespace(), ref.name());
  }

  private static ObjectMeta metadata(Identity identity) {
    return new ObjectMetaBuilder()
        .withNamespace(identity.namespace())
        .withName(identity.name())
        .build();
  }
}
