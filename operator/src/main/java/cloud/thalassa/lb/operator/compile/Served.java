package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.ListenerSpec.WeightedTargetGroup;
import cloud.thalassa.lb.crds.ProxyProtocol;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An accepted listener.
 *
 * @param targets the groups that it sends connections to; those that it refers to in vain are not
 *     among them
 */
record Served(Listener listener, SortedMap<Ref, Membership> targets) {
  Served {
    targets = new TreeMap<>(targets);
  }

  /** The pool of a share; null: its connections are refused. */
  @Nullable String pool(WeightedTargetGroup share) {
    var ref = References.targetGroup(listener, share);
    return targets.containsKey(ref) ? ref.toString() : null;
  }

  /** The same for all of its groups. */
  ProxyProtocol proxyProtocol() {
    return targets.values().stream()
        .map(membership -> ListenerRules.proxyProtocol(listener, membership.group()))
        .findFirst()
        .orElse(ProxyProtocol.NONE);
  }
}
