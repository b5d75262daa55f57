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
  private final Duration slowStart;
  private final Map<InetSocketAddress, Member> members;
  private final Map<InetSocketAddress, Target> departed;

  Pool(
      String name,
      Selector selector,
      Duration drainTimeout,
      Duration slowStart,
      Map<InetSocketAddress, Member> members,
      Map<InetSocketAddress, Target> departed) {
    this.name = name;
    this.selector = selector;
    this.drainTimeout = drainTimeout;
    this.slowStart = slowStart;
    this.members = Map.copyOf(members);
    this.departed = Map.copyOf(departed);
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

  /** How long the share of a new or recovered target grows; zero: not at all. */
  public Duration slowStart() {
    return slowStart;
  }

  /** What the target of an earlier or this table is now. */
  public Membership membership(Target target) {
    var member = members.get(target.address());
    return member == null ? Membership.GONE : member.membership();
  }

  /** By address; those are missing that are {@link Membership#GONE}. */
  public Map<InetSocketAddress, Member> members() {
    return members;
  }

  /**
   * Left the pool but still have connections: if one comes back it is the same target, however
   * briefly it was missing.
   */
  Map<InetSocketAddress, Target> departed() {
    return departed;
  }

  boolean same(Pool other) {
    return selector == other.selector
        && drainTimeout.equals(other.drainTimeout)
        && slowStart.equals(other.slowStart)
        && members.equals(other.members)
        && departed.equals(other.departed);
  }

  @Override
  public String toString() {
    return name + " " + members.values();
  }
}
