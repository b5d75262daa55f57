package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.TargetGroupRequest;
import cloud.thalassa.lb.api.wire.TargetGroupView;
import cloud.thalassa.lb.crds.TargetGroup;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Target groups as clients read and write them. */
public final class TargetGroups {
  private static final int LONGEST_NAME = 57;

  private TargetGroups() {}

  public static TargetGroupView view(World world, TargetGroup group) {
    var literal = TargetGroupLiteral.of(group);
    return new TargetGroupView(
        Heads.of(group),
        world.organisation(),
        world.vpcOf(group),
        literal.targetPort(),
        literal.protocol(),
        literal.targetSelector(),
        literal.enableProxyProtocol(),
        literal.loadbalancingPolicy(),
        literal.healthCheck(),
        world.listeners(group).stream().map(it -> Listeners.view(world, it)).toList(),
        Attachments.views(group));
  }

  public static TargetGroup create(World world, TargetGroupRequest request) {
    var identity = Text.required("vpc", request.vpc());
    var vpc = world.findVpc(identity).orElseThrow(() -> Refusal.unknown("vpc", "VPC", identity));
    var literal =
        new TargetGroupLiteral(
            Text.port("targetPort", request.targetPort()),
            Protocols.word(request.protocol()),
            selector(request.targetSelector()),
            request.enableProxyProtocol(),
            TargetGroupLiteral.policy(request.loadbalancingPolicy()),
            HealthChecks.checked(request.healthCheck()),
            List.of());
    var group = new TargetGroup();
    group.setMetadata(Heads.created(vpc.getMetadata().getName(), LONGEST_NAME, request));
    group.setSpec(literal.alone());
    literal.note(group.getMetadata());
    return group;
  }

  public static TargetGroup update(World world, TargetGroup previous, TargetGroupRequest request) {
    Heads.checkVersion(previous, request);
    var before = TargetGroupLiteral.of(previous);
    var policy = TargetGroupLiteral.policy(request.loadbalancingPolicy());
    var selector = selector(request.targetSelector());
    var literal =
        new TargetGroupLiteral(
            Text.port("targetPort", request.targetPort()),
            Protocols.word(request.protocol()),
            selector == null ? before.targetSelector() : selector,
            request.enableProxyProtocol() == null
                ? before.enableProxyProtocol()
                : request.enableProxyProtocol(),
            policy == null ? before.loadbalancingPolicy() : policy,
            HealthChecks.checked(request.healthCheck()),
            before.attachments());
    refuseOtherProtocol(world, previous, literal);
    var next = new TargetGroup();
    next.setMetadata(Heads.written(previous.getMetadata(), request));
    next.setSpec(literal.over(previous.getSpec()));
    literal.note(next.getMetadata());
    return next;
  }

  private static @Nullable Map<String, String> selector(@Nullable Map<String, String> given) {
    return given == null || given.isEmpty()
        ? null
        : new TreeMap<>(Labels.labels("targetSelector", given));
  }

  private static void refuseOtherProtocol(
      World world, TargetGroup group, TargetGroupLiteral literal) {
    var kind = Protocols.kind(literal.protocol());
    if (kind != group.getSpec().protocol() && !world.listeners(group).isEmpty()) {
      throw Refusal.conflict(
          "protocol: the target group is used by the %s listener %s, and must have its protocol"
              .formatted(
                  group.getSpec().protocol(), Identity.of(world.listeners(group).getFirst())));
    }
  }

  /** Refuses to delete what a listener leads to. */
  public static void checkDeletion(World world, TargetGroup group) {
    var users = world.listeners(group).stream().map(Identity::of).toList();
    if (!users.isEmpty()) {
      throw Refusal.conflict(
          "target group %s is in use by %d listeners, the first is %s: delete them or give them another one"
              .formatted(Identity.of(group), users.size(), users.getFirst()));
    }
  }
}
