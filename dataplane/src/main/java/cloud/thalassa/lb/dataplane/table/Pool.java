package cloud.thalassa.lb.dataplane.table;

import cloud.thalassa.lb.dataplane.select.Selector;
import cloud.thalassa.lb.dataplane.select.Target;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/** The members of one target group as one load balancer uses it, at one moment. Immutable. */
public final class Pool {
  private final String name;
  private final Selector selector;
  private final Duration drainTimeout;
  private final Map<InetSocketAddress, Member> members;

  Pool(
      String name,
      Selector selector,
      Duration drainTimeout,
      Map<InetSocketAddress, Member> members) {
    this.name = name;
    this.selector = selector;
    this.drainTimeout = drainTimeout;
    this.members = Map.copyOf(members);
  }

  /** {@code namespace/name} of the TargetGroup. */
  public String name() {
    return name;
  }

  /** Over the members that are {@link Membership#SERVING}. */
  public Selector selector() {
    return selector;
  }

  /** How long a target that leaves keeps its connections, counted from when it began to leave. */
  public Duration drainTimeout() {
    return drainTimeout;
  }

  /** What the target of an earlier or this table is now. */
  public Membership membership(Target target) {
    var member = members.get(target.address());
    return member == null ? Membership.GONE : member.membership();
  }

  Map<InetSocketAddress, Member> members() {
    return members;
  }

  record Member(Target target, int weight, Membership membership) {}
}
