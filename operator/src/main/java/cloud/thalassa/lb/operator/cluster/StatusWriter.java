package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.ListenerStatus;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.SecurityGroupStatus;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.SubnetStatus;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.TargetGroupStatus;
import cloud.thalassa.lb.operator.announce.Announcer;
import cloud.thalassa.lb.operator.apply.Applier;
import cloud.thalassa.lb.operator.compile.Observed;
import cloud.thalassa.lb.operator.status.Statuses;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes statuses that changed, and announces what changed in them. */
final class StatusWriter {
  private final Applier applier;
  private final Announcer announcer;
  private final InstantSource clock;

  StatusWriter(Applier applier, Announcer announcer, InstantSource clock) {
    this.applier = applier;
    this.announcer = announcer;
    this.clock = clock;
  }

  void write(Observed observed, Statuses statuses) {
    for (var listener : observed.listeners()) {
      write(listener, (previous, now) -> statuses.listener(listener, previous, now));
    }
    write(
        observed.loadBalancer(),
        LoadBalancer::new,
        statuses::loadBalancer,
        LoadBalancerStatus::conditions);
  }

  void write(
      Listener listener, BiFunction<@Nullable ListenerStatus, Instant, ListenerStatus> status) {
    write(listener, Listener::new, status, ListenerStatus::conditions);
  }

  void write(
      TargetGroup group,
      BiFunction<@Nullable TargetGroupStatus, Instant, TargetGroupStatus> status) {
    write(group, TargetGroup::new, status, TargetGroupStatus::conditions);
  }

  void write(
      SecurityGroup group,
      BiFunction<@Nullable SecurityGroupStatus, Instant, SecurityGroupStatus> status) {
    write(group, SecurityGroup::new, status, SecurityGroupStatus::conditions);
  }

  void write(Subnet subnet, BiFunction<@Nullable SubnetStatus, Instant, SubnetStatus> status) {
    write(subnet, Subnet::new, status, SubnetStatus::conditions);
  }

  private <S, T extends CustomResource<?, S>> void write(
      T object,
      Supplier<T> fresh,
      BiFunction<@Nullable S, Instant, S> status,
      Function<S, List<Condition>> conditions) {
    var current = applier.newest(object);
    @Nullable S previous = current.getStatus();
    var next = status.apply(previous, clock.instant());
    if (next.equals(previous)) {
      return;
    }
    var subject = fresh.get();
    subject.setMetadata(name(object));
    subject.setStatus(next);
    applier.status(subject);
    announcer.changed(
        object, previous == null ? List.of() : conditions.apply(previous), conditions.apply(next));
  }

  private static ObjectMeta name(HasMetadata object) {
    return new ObjectMetaBuilder()
        .withNamespace(object.getMetadata().getNamespace())
        .withName(object.getMetadata().getName())
        .build();
  }
}
