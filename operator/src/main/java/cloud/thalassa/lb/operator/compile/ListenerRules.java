package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.address.Cidr;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a listener can show about itself, alone or together with its target group. */
final class ListenerRules {
  private static final int MOST_SOURCES = 256;

  private ListenerRules() {}

  /**
   * A second look at what the API server refuses. One bad CIDR closes the whole listener: to leave
   * it out would shut somebody out or, as the last one, let everybody in.
   */
  static @Nullable Problem alone(Listener listener) {
    var spec = listener.getSpec();
    var problems = new ArrayList<String>();
    if (spec.protocol() == null) {
      problems.add("protocol is required: TCP or UDP.");
    }
    Ports.check(spec, problems);
    limit("maxConnections", spec.maxConnections(), problems);
    limit("maxConnectionsPerSource", spec.maxConnectionsPerSource(), problems);
    limit("newConnectionsPerSourcePerSecond", spec.newConnectionsPerSourcePerSecond(), problems);
    var idle = spec.idleTimeoutSeconds();
    if (idle != null && (idle < 1 || idle > 86_400)) {
      problems.add("idleTimeoutSeconds: %d must be 1..86400.".formatted(idle));
    }
    if (spec.protocol() == Protocol.UDP && spec.proxyProtocol() == ProxyProtocol.V1) {
      problems.add("proxyProtocol: V1 cannot describe UDP: use None or V2.");
    }
    Cidr.check("allowedSources", spec.allowedSources(), MOST_SOURCES, problems);
    var accept = spec.acceptProxyProtocol();
    if (accept != null) {
      if (spec.protocol() == Protocol.UDP) {
        problems.add(
            "acceptProxyProtocol: only a TCP listener reads PROXY headers: remove it, or use TCP.");
      }
      if (accept.from().isEmpty()) {
        problems.add("acceptProxyProtocol.from: give at least one CIDR.");
      }
      Cidr.check("acceptProxyProtocol.from", accept.from(), MOST_SOURCES, problems);
    }
    return Problems.invalid(problems);
  }

  /** What is wrong with a target group for this listener, as sentences. */
  static List<String> with(Listener listener, String field, Membership membership) {
    var group = membership.group();
    var ref = Ref.of(group);
    var problems = new ArrayList<String>();
    if (!membership.usable()) {
      problems.add(
          "%s: TargetGroup %s cannot be used as it is. %s"
              .formatted(field, ref, String.join(" ", membership.invalid())));
    } else if (listener.getSpec().protocol() == Protocol.UDP
        && proxyProtocol(listener, group) == ProxyProtocol.V1) {
      problems.add(
          ("proxyProtocol: V1, which TargetGroup %s asks for, cannot describe UDP: use None or V2"
                  + " there, or here.")
              .formatted(ref));
    } else {
      Ports.check(listener.getSpec(), membership, problems);
    }
    return problems;
  }

  /** Whether all of these groups can be served with one header. */
  static @Nullable Problem together(Listener listener, Collection<Membership> targets) {
    boolean agree =
        targets.stream()
                .map(membership -> proxyProtocol(listener, membership.group()))
                .distinct()
                .count()
            < 2;
    return agree
        ? null
        : Problems.invalid(
            List.of(
                "proxyProtocol is required, because the target groups ask for different ones: None, V1 or V2."));
  }

  /** The listener's own word, else the group's. */
  static ProxyProtocol proxyProtocol(Listener listener, TargetGroup group) {
    var own = listener.getSpec().proxyProtocol();
    return own == null ? group.getSpec().proxyProtocol() : own;
  }

  private static void limit(String field, int value, List<String> problems) {
    if (value < 0) {
      problems.add("%s: %d must be 0 (no limit) or more.".formatted(field, value));
    }
  }
}
