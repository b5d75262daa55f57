package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.ListenerSpec.WeightedTargetGroup;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Whether a listener may refer to what it refers to, and finds it. Permission comes first: who has
 * none is not told what exists in a foreign namespace.
 */
final class References {
  private final Collection<Grant> grants;

  References(Collection<Grant> grants) {
    this.grants = grants;
  }

  static Ref loadBalancer(Listener listener) {
    return Ref.of(listener.getSpec().loadBalancerRef(), listener.getMetadata().getNamespace());
  }

  /** What the weighted target group at this place of the listener is. */
  static Ref targetGroup(Listener listener, WeightedTargetGroup share) {
    return Ref.of(share.ref(), listener.getMetadata().getNamespace());
  }

  /** Why the listener may not be on its load balancer; null: it may. */
  @Nullable Problem toLoadBalancer(Listener listener) {
    var ref = loadBalancer(listener);
    return permitted(listener, "LoadBalancer", ref)
        ? null
        : new Problem(
            ConditionType.ACCEPTED,
            Reason.NOT_ALLOWED_BY_GRANT,
            forbidden("loadBalancerRef", listener, "LoadBalancer", ref));
  }

  static Problem loadBalancerNotFound(Listener listener) {
    return new Problem(
        ConditionType.ACCEPTED,
        Reason.LOAD_BALANCER_NOT_FOUND,
        "loadBalancerRef: there is no LoadBalancer %s: create it, or correct the reference."
            .formatted(loadBalancer(listener)));
  }

  /**
   * Why the listener cannot send connections to this group; null: it can.
   *
   * @param field where it refers to it
   * @param group null: there is none of this name
   */
  @Nullable Problem toTargetGroup(
      Listener listener, String field, Ref ref, @Nullable TargetGroup group) {
    if (!permitted(listener, "TargetGroup", ref)) {
      return unresolved(Reason.REF_NOT_PERMITTED, forbidden(field, listener, "TargetGroup", ref));
    }
    if (group == null) {
      return unresolved(
          Reason.TARGET_GROUP_NOT_FOUND,
          "%s: there is no TargetGroup %s: create it, or correct the reference."
              .formatted(field, ref));
    }
    var protocol = listener.getSpec().protocol();
    var targets = group.getSpec() == null ? null : group.getSpec().protocol();
    if (protocol != null && targets != null && protocol != targets) {
      return unresolved(
          Reason.PROTOCOL_MISMATCH,
          "%s: TargetGroup %s has protocol %s, this listener has %s: refer to a TargetGroup with protocol %s."
              .formatted(field, ref, targets, protocol, protocol));
    }
    return null;
  }

  private boolean permitted(Listener listener, String kind, Ref ref) {
    var home = listener.getMetadata().getNamespace();
    return ref.namespace().equals(home)
        || grants.stream().anyMatch(grant -> grant.permits(home, kind, ref));
  }

  private static String forbidden(String field, Listener listener, String kind, Ref ref) {
    return ("%s: no ReferenceGrant in namespace %s lets a Listener of namespace %s refer to %s %s:"
            + " have one created there, or refer to a %s of namespace %s.")
        .formatted(
            field,
            ref.namespace(),
            listener.getMetadata().getNamespace(),
            kind,
            ref.name(),
            kind,
            listener.getMetadata().getNamespace());
  }

  private static Problem unresolved(Reason reason, String message) {
    return new Problem(ConditionType.RESOLVED_REFS, reason, message);
  }
}
