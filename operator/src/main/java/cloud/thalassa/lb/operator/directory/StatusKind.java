package cloud.thalassa.lb.operator.directory;

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
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How the status of one kind is handled.
 *
 * @param empty of an object of which nothing is in service
 * @param with the same status with other conditions
 */
record StatusKind<T extends CustomResource<?, S>, S>(
    String name,
    Supplier<T> fresh,
    Class<S> type,
    S empty,
    Function<S, List<Condition>> conditions,
    BiFunction<S, List<Condition>, S> with) {

  static final StatusKind<LoadBalancer, LoadBalancerStatus> LOAD_BALANCER =
      new StatusKind<>(
          "LoadBalancer",
          LoadBalancer::new,
          LoadBalancerStatus.class,
          new LoadBalancerStatus(null, null, List.of(), null, null, null, null, List.of()),
          LoadBalancerStatus::conditions,
          (status, conditions) ->
              new LoadBalancerStatus(
                  status.observedGeneration(),
                  status.subnet(),
                  status.addresses(),
                  status.listeners(),
                  status.replicas(),
                  status.lastChange(),
                  status.lastFailover(),
                  conditions));

  static final StatusKind<Listener, ListenerStatus> LISTENER =
      new StatusKind<>(
          "Listener",
          Listener::new,
          ListenerStatus.class,
          new ListenerStatus(null, null, null, List.of()),
          ListenerStatus::conditions,
          (status, conditions) ->
              new ListenerStatus(
                  status.observedGeneration(),
                  status.address(),
                  status.activeConnections(),
                  conditions));

  static final StatusKind<TargetGroup, TargetGroupStatus> TARGET_GROUP =
      new StatusKind<>(
          "TargetGroup",
          TargetGroup::new,
          TargetGroupStatus.class,
          new TargetGroupStatus(null, null, List.of()),
          TargetGroupStatus::conditions,
          (status, conditions) ->
              new TargetGroupStatus(status.observedGeneration(), status.targets(), conditions));

  static final StatusKind<SecurityGroup, SecurityGroupStatus> SECURITY_GROUP =
      new StatusKind<>(
          "SecurityGroup",
          SecurityGroup::new,
          SecurityGroupStatus.class,
          new SecurityGroupStatus(null, null, null, List.of()),
          SecurityGroupStatus::conditions,
          (status, conditions) ->
              new SecurityGroupStatus(
                  status.observedGeneration(), status.rules(), status.loadBalancers(), conditions));

  static final StatusKind<Subnet, SubnetStatus> SUBNET =
      new StatusKind<>(
          "Subnet",
          Subnet::new,
          SubnetStatus.class,
          new SubnetStatus(null, null, null, null, List.of()),
          SubnetStatus::conditions,
          (status, conditions) ->
              new SubnetStatus(
                  status.observedGeneration(),
                  status.allocated(),
                  status.available(),
                  status.loadBalancers(),
                  conditions));

  static final List<StatusKind<?, ?>> ALL =
      List.of(LOAD_BALANCER, LISTENER, TARGET_GROUP, SECURITY_GROUP, SUBNET);
}
