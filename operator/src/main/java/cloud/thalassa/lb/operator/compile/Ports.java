package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.ListenerSpec;
import cloud.thalassa.lb.crds.Protocol;
import java.util.List;

/** The ports of one protocol that a listener takes: {@code first} to {@code last}. */
record Ports(Protocol protocol, int first, int last) {
  static final int MOST = 1000;
  private static final int LAST_PORT = 65535;

  /** Of a listener whose ports have no problem. */
  static Ports of(Listener listener) {
    var spec = listener.getSpec();
    return new Ports(spec.protocol(), spec.port(), spec.lastPort());
  }

  /** What is wrong with the ports themselves. */
  static void check(ListenerSpec spec, List<String> problems) {
    var port = spec.port();
    var end = spec.endPort();
    if (port == null || port < 1 || port > LAST_PORT) {
      problems.add("port: %s must be 1..65535.".formatted(port));
    } else if (end != null && (end < port || end > LAST_PORT)) {
      problems.add("endPort: %d must be %d (port) to 65535.".formatted(end, port));
    } else if (end != null && end - port >= MOST) {
      problems.add(
          "endPort: ports %d-%d are %d, and a listener has at most %d: use another Listener for the rest."
              .formatted(port, end, end - port + 1, MOST));
    }
  }

  /** Whether every target has a port for each port of the range. */
  static void check(ListenerSpec spec, Membership membership, List<String> problems) {
    int behind = spec.lastPort() - spec.port();
    int highest = highest(membership);
    if (highest + behind > LAST_PORT) {
      problems.add(
          ("endPort: ports %d-%d lead to as many ports from %d on, a port of TargetGroup %s, and the"
                  + " last port is 65535: use a smaller range, or a target port of at most %d.")
              .formatted(
                  spec.port(),
                  spec.lastPort(),
                  highest,
                  Ref.of(membership.group()),
                  LAST_PORT - behind));
    }
  }

  /** A number that pods will have counts before the first pod, so that none changes the verdict. */
  private static int highest(Membership membership) {
    var group = membership.group().getSpec();
    var number = group.selector() == null ? null : group.port().getIntVal();
    int highest = number == null ? 0 : number;
    for (var member : membership.members()) {
      highest = Math.max(highest, member.port());
    }
    return highest;
  }

  int count() {
    return last - first + 1;
  }

  boolean overlaps(Ports other) {
    return protocol == other.protocol && first <= other.last && other.first <= last;
  }

  /** Such as {@code port 443} or {@code ports 5000-5009}. */
  @Override
  public String toString() {
    return first == last ? "port " + first : "ports " + first + "-" + last;
  }
}
