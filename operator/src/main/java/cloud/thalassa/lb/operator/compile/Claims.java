package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who gets which port of a load balancer. Every listener that may refer to it counts towards the
 * limit, so that its place depends on nobody's content. A port is held by the oldest listener that
 * is valid in itself, even while its target group is missing or wrong: were it handed to the next
 * one meanwhile, clients would reach targets that are not meant for them.
 */
final class Claims {
  static final int MOST_LISTENERS = 100;

  /** What fits in one Service, and leaves node ports to others. */
  static final int MOST_PORTS = 2000;

  /** What fits in one document, whose limit is that of the cluster's store. */
  static final int MOST_SOURCES = 8192;

  private Claims() {}

  /** The problems of the listeners that come too late; the others are not in the map. */
  static Map<Ref, Problem> problems(Collection<Listener> permitted) {
    var oldestFirst = permitted.stream().sorted(Age.OLDEST_FIRST).toList();
    var problems = new HashMap<Ref, Problem>();
    var holders = new HashMap<Ports, Listener>();
    int ports = 0;
    int sources = 0;
    for (int i = 0; i < oldestFirst.size(); i++) {
      var listener = oldestFirst.get(i);
      if (i >= MOST_LISTENERS) {
        problems.put(Ref.of(listener), tooMany(listener));
      } else if (ListenerRules.alone(listener) == null) {
        var wanted = Ports.of(listener);
        var holder = holder(holders, wanted);
        if (holder != null) {
          problems.put(Ref.of(listener), conflict(listener, holder));
        } else if (ports + wanted.count() > MOST_PORTS) {
          problems.put(Ref.of(listener), tooManyPorts(listener, ports));
        } else if (sources + sources(listener) > MOST_SOURCES) {
          problems.put(Ref.of(listener), tooManySources(listener, sources));
        } else {
          holders.put(wanted, listener);
          ports += wanted.count();
          sources += sources(listener);
        }
      }
    }
    return problems;
  }

  private static @Nullable Listener holder(Map<Ports, Listener> holders, Ports wanted) {
    return holders.entrySet().stream()
        .filter(held -> wanted.overlaps(held.getKey()))
        .min(Comparator.comparingInt(held -> held.getKey().first()))
        .map(Map.Entry::getValue)
        .orElse(null);
  }

  private static int sources(Listener listener) {
    var accept = listener.getSpec().acceptProxyProtocol();
    return listener.getSpec().allowedSources().size() + (accept == null ? 0 : accept.from().size());
  }

  private static Problem tooManySources(Listener listener, int taken) {
    return new Problem(
        ConditionType.ACCEPTED,
        Reason.LIMIT_EXCEEDED,
        ("allowedSources: the listeners of LoadBalancer %s name at most %d networks together, here and in"
                + " acceptProxyProtocol, and older ones name %d: use fewer and wider ones, or another"
                + " LoadBalancer.")
            .formatted(References.loadBalancer(listener), MOST_SOURCES, taken));
  }

  private static Problem tooManyPorts(Listener listener, int taken) {
    return new Problem(
        ConditionType.ACCEPTED,
        Reason.LIMIT_EXCEEDED,
        ("endPort: LoadBalancer %s has at most %d ports, and older listeners have %d: use a smaller"
                + " range, or another LoadBalancer.")
            .formatted(References.loadBalancer(listener), MOST_PORTS, taken));
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
    var wanted = Ports.of(listener);
    var held = Ports.of(holder);
    var belongs = wanted.count() == 1 ? "belongs" : "belong";
    var overlap =
        held.equals(wanted)
            ? "%s to the older Listener %s".formatted(belongs, Ref.of(holder))
            : "overlap%s with %s of the older Listener %s"
                .formatted(wanted.count() == 1 ? "s" : "", held, Ref.of(holder));
    return new Problem(
        ConditionType.ACCEPTED,
        Reason.CONFLICTED,
        "port: %s %s of LoadBalancer %s %s: use another port, or delete one of the two."
            .formatted(wanted.protocol(), wanted, References.loadBalancer(listener), overlap));
  }
}
