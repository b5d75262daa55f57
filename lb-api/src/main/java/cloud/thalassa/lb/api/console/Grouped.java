package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.console.GroupDetail.Link;
import cloud.thalassa.lb.api.translate.Listeners;
import cloud.thalassa.lb.api.translate.LoadBalancers;
import cloud.thalassa.lb.api.translate.TargetGroups;
import cloud.thalassa.lb.api.translate.World;
import cloud.thalassa.lb.api.wire.AttachmentView;
import cloud.thalassa.lb.crds.HealthCheck;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.TargetGroupStatus;
import cloud.thalassa.lb.crds.TargetGroupStatus.Targets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A target group, put together for a page. */
final class Grouped {
  private Grouped() {}

  static GroupDetail of(World world, TargetGroup group, String problem) {
    var view = TargetGroups.view(world, group);
    var spec = group.getSpec();
    var targets =
        Optional.ofNullable(group.getStatus()).map(TargetGroupStatus::targets).orElse(null);
    var users = world.listeners(group);
    return new GroupDetail(
        Addresses.group(view.head().identity()),
        view.head().identity(),
        view.head().name(),
        view.head().description(),
        state(targets, !users.isEmpty()),
        targets == null ? "" : targets.healthy() + "/" + targets.total(),
        spec.protocol().toString(),
        view.targetPort(),
        words(spec.policy().toString()),
        view.vpc().name(),
        Form.text(view.targetSelector()).strip().replace("\n", ", "),
        check(spec.healthCheck()),
        users.stream().flatMap(it -> user(world, it)).toList(),
        view.loadbalancerTargetGroupAttachments().stream().map(Grouped::attachment).toList(),
        Choices.machines(world),
        problem);
  }

  private static State state(@Nullable Targets targets, boolean used) {
    if (!used) {
      return new State("Not in use", "off");
    }
    if (targets == null) {
      return new State("Unknown", "wait");
    }
    if (targets.total() == 0) {
      return State.ofGroup("empty");
    }
    int staying = targets.total() - targets.draining();
    return State.ofGroup(
        targets.healthy() == 0 ? "down" : targets.healthy() < staying ? "degraded" : "healthy");
  }

  private static String check(@Nullable HealthCheck check) {
    return check == null
        ? "None: readiness of pods decides"
        : "%s every %d s%s"
            .formatted(
                check.protocol(),
                check.intervalSeconds(),
                check.path() == null ? "" : " at " + check.path());
  }

  private static String words(String policy) {
    var words = policy.toLowerCase(Locale.ROOT).replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static Stream<Link> user(World world, Listener listener) {
    var of = listener.getSpec().loadBalancerRef();
    var namespace = of.namespace() == null ? listener.getMetadata().getNamespace() : of.namespace();
    return world.loadBalancers().stream()
        .filter(it -> is(it, namespace, of.name()))
        .map(it -> LoadBalancers.view(world, it))
        .map(
            it ->
                new Link(
                    Addresses.balancer(it.head().identity()),
                    it.head().name() + ": " + Listeners.view(world, listener).head().name()));
  }

  private static boolean is(LoadBalancer it, String namespace, String name) {
    return it.getMetadata().getNamespace().equals(namespace)
        && it.getMetadata().getName().equals(name);
  }

  /** Its identity in the place of an address: it is taken away by it. */
  private static Link attachment(AttachmentView view) {
    var machine = view.virtualMachineInstance();
    var endpoint = view.endpoint();
    return new Link(
        view.identity(),
        machine != null ? machine.name() : endpoint != null ? endpoint.endpointAddress() : "");
  }
}
