package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Who gets which port of a load balancer. Every listener that may refer to it counts towards the
 * limit, so that its place depends on nobody's content. A port is held by the oldest listener that
 * is valid in itself, even while its target group is missing or wrong: were it handed to the next
 * one meanwhile, clients would reach targets that are not meant for them.
 */
final class Claims {
  static final int MOST_LISTENERS = 100;

  private Claims() {}

  /** The problems of the listeners that come too late; the others are not in the map. */
  static Map<Ref, Problem> problems(Collection<Listener> permitted) {
    var oldestFirst = permitted.stream().sorted(Age.OLDEST_FIRST).toList();
    var problems = new HashMap<Ref, Problem>();
    var holders = new HashMap<Claim, Listener>();
    for (int i = 0; i < oldestFirst.size(); i++) {
      var listener = oldestFirst.get(i);
      if (i >= MOST_LISTENERS) {
        problems.put(Ref.of(listener), tooMany(listener));
      } else if (ListenerRules.alone(listener) == null) {
        var holder = holders.putIfAbsent(Claim.of(listener), listener);
        if (holder != null) {
          problems.put(Ref.of(listener), conflict(listener, holder));
        }
      }
    }
    return problems;
  }

  private static Problem tooMany(Listener listener) {
    return new Problem(
        ConditionType.ACCEPTED,
        Reason.LIMIT_EXCEEDED,
        ("loadBalancerRef: LoadBalancer %s has %d older listeners, which is the most: delete one of"
                + " them, or use another LoadBalancer.")
            .formatted(References.loadBalancer(listener), MOST_LISTENERS));
  }

  private static Problem conflict(Listener listener, Listener holder) {
    var claim = Claim.of(listener);
    return new Problem(
        ConditionType.ACCEPTED,
        Reason.CONFLICTED,
        ("port: %s port %d of LoadBalancer %s belongs to the older Listener %s: use another port,"
                + " or delete one of the two.")
            .formatted(
                claim.protocol, claim.port, References.loadBalancer(listener), Ref.of(holder)));
  }

  private record Claim(Protocol protocol, int port) {
    static Claim of(Listener listener) {
      return new Claim(listener.getSpec().protocol(), listener.getSpec().port());
    }
  }
}
