package cloud.thalassa.lb.dataplane.table;

import static java.util.stream.Collectors.toMap;

import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.crds.WhenNoneHealthy;
import cloud.thalassa.lb.dataplane.select.Selector;
import cloud.thalassa.lb.dataplane.select.SlowStart;
import cloud.thalassa.lb.dataplane.select.Target;
import cloud.thalassa.lb.dataplane.select.Weighted;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides who serves in one pool. */
final class Pools {
  private static final Comparator<InetSocketAddress> BY_ADDRESS =
      Comparator.<InetSocketAddress, byte[]>comparing(
              address -> address.getAddress().getAddress(), Arrays::compareUnsigned)
          .thenComparingInt(InetSocketAddress::getPort);

  private final ForwardingConfigSpec.Pool spec;
  private final PoolInventory inventory;
  private final @Nullable Pool previous;
  private final long now;

  private Pools(
      ForwardingConfigSpec.Pool spec, PoolInventory inventory, @Nullable Pool previous, long now) {
    this.spec = spec;
    this.inventory = inventory;
    this.previous = previous;
    this.now = now;
  }

  /** Returns {@code previous} itself if it would come out the same. */
  static Pool of(
      ForwardingConfigSpec.Pool spec, PoolInventory inventory, @Nullable Pool previous, long now) {
    return new Pools(spec, inventory, previous, now).build();
  }

  private Pool build() {
    var members = members().stream().map(this::since).toList();
    var pool =
        new Pool(
            spec.name(),
            selector(members),
            Duration.ofSeconds(spec.drainTimeoutSeconds()),
            Duration.ofSeconds(spec.slowStartSeconds()),
            members.stream().collect(toMap(m -> m.target().address(), Function.identity())),
            departed(members));
    return previous != null && previous.same(pool) ? previous : pool;
  }

  private List<Member> members() {
    var members =
        inventory.members().stream()
            .sorted(Comparator.comparing(Found::address, BY_ADDRESS))
            .map(this::member)
            .toList();
    if (spec.whenNoneHealthy() == WhenNoneHealthy.REFUSE
        || members.stream().anyMatch(m -> m.membership() == Membership.SERVING)) {
      return members;
    }
    return members.stream().map(Member::open).toList();
  }

  /** In the first table everybody has served already: this process is new, not the targets. */
  private Member since(Member member) {
    return previous == null
        ? member
        : member.after(previous.members().get(member.target().address()), now);
  }

  private Member member(Found found) {
    var verdict = spec.healthCheck() == null ? null : verdict(found.address());
    var healthy = spec.healthCheck() == null ? found.ready() : verdict == HealthState.HEALTHY;
    var membership =
        found.draining()
            ? Membership.DRAINING
            : healthy ? Membership.SERVING : Membership.UNHEALTHY;
    return new Member(target(found.address()), found.weight(), verdict, membership, false, null);
  }

  /** A report that is missing, unlike one that says Initial, leaves a target's health as it was. */
  private @Nullable HealthState verdict(InetSocketAddress address) {
    var verdict = inventory.verdict(address);
    var before = previous == null ? null : previous.members().get(address);
    return verdict != null ? verdict.state() : before == null ? null : before.verdict();
  }

  private Target target(InetSocketAddress address) {
    if (previous != null) {
      var member = previous.members().get(address);
      var target = member == null ? previous.departed().get(address) : member.target();
      if (target != null) {
        return target;
      }
    }
    return new Target(address, spec.name());
  }

  private Selector selector(List<Member> members) {
    var serving =
        members.stream()
            .filter(m -> m.membership() == Membership.SERVING)
            .map(m -> new Weighted(m.target(), m.weight(), slowStart(m)))
            .toList();
    return Selector.of(spec.policy(), serving, previous == null ? null : previous.selector());
  }

  private SlowStart slowStart(Member member) {
    return member.servingSince() == null || spec.slowStartSeconds() == 0
        ? SlowStart.WARM
        : new SlowStart(member.servingSince(), TimeUnit.SECONDS.toNanos(spec.slowStartSeconds()));
  }

  private Map<InetSocketAddress, Target> departed(List<Member> members) {
    if (previous == null) {
      return Map.of();
    }
    var departed = previous.members().values().stream().map(Member::target).collect(byAddress());
    departed.putAll(previous.departed());
    members.forEach(m -> departed.remove(m.target().address()));
    departed.values().removeIf(target -> target.active() == 0);
    return departed;
  }

  private static java.util.stream.Collector<Target, ?, Map<InetSocketAddress, Target>> byAddress() {
    return toMap(Target::address, Function.identity());
  }
}
