package cloud.thalassa.lb.operator.gateway;

import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Reason;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Who gets a share of the connections of a route.
 *
 * @param weight of the weights of all backends
 * @param targetGroup null: nobody does, and the connections of the share are refused
 * @param made the target group, where it is made for a Service
 * @param problem why nobody does
 */
record Backend(
    int weight, @Nullable Ref targetGroup, @Nullable TargetGroup made, @Nullable Problem problem) {

  static Backend of(int weight, TargetGroup existing) {
    return new Backend(weight, Ref.of(existing), null, null);
  }

  static Backend making(int weight, TargetGroup made) {
    return new Backend(weight, Ref.of(made), made, null);
  }

  static Backend none(int weight, Reason reason, String message) {
    return new Backend(
        weight, null, null, new Problem(ConditionType.RESOLVED_REFS, reason, message));
  }
}
