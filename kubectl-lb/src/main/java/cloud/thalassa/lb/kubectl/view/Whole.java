package cloud.thalassa.lb.kubectl.view;

import static java.util.stream.Collectors.joining;

import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.IpFamilyPolicy;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerSpec;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import cloud.thalassa.lb.crds.LoadBalancerStatus.LastChange;
import cloud.thalassa.lb.crds.LoadBalancerStatus.LastFailover;
import cloud.thalassa.lb.crds.LocalRef;
import cloud.thalassa.lb.crds.Scheme;
import cloud.thalassa.lb.kubectl.view.Targets.Target;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One load balancer, whole. Names are those of its namespace, or {@code namespace/name}.
 *
 * @param summary the line of it in a list
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Whole(
    Summary summary,
    List<Address> addresses,
    List<String> securityGroups,
    boolean deletionProtection,
    @Nullable LastChange lastChange,
    @Nullable LastFailover lastFailover,
    List<Condition> conditions,
    List<Door> listeners,
    List<Group> targetGroups) {

  /**
   * A listener.
   *
   * @param ports one, or the first and the last of a range
   * @param connections live ones; null: not counted yet
   * @param targetGroups with their weights where there are several
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Door(
      String name,
      String protocol,
      String ports,
      String state,
      @Nullable String message,
      @Nullable Long connections,
      List<String> targetGroups) {}

  /**
   * A target group as this load balancer uses it.
   *
   * @param policy null: it cannot be read
   * @param checked whether health checkers judge its targets
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Group(
      String name,
      @Nullable String policy,
      boolean checked,
      Summary.Health health,
      List<Target> targets) {}

  public static Whole of(Seen seen) {
    var balancer = seen.balancer();
    var status = balancer.getStatus();
    var groups = groupsOf(seen);
    return new Whole(
        Summary.of(balancer, groups, seen.groups()),
        status == null ? List.of() : status.addresses(),
        spec(balancer).securityGroupRefs().stream().map(LocalRef::name).toList(),
        spec(balancer).deletionProtection(),
        status == null ? null : status.lastChange(),
        status == null ? null : status.lastFailover(),
        status == null ? List.of() : status.conditions(),
        listeners(seen),
        groups.stream().map(group -> group(seen, group)).toList());
  }

  static LoadBalancerSpec spec(LoadBalancer balancer) {
    return Objects.requireNonNullElseGet(
        balancer.getSpec(),
        () ->
            new LoadBalancerSpec(
                Scheme.EXTERNAL,
                null,
                List.of(),
                IpFamilyPolicy.SINGLE_STACK,
                2,
                List.of(),
                false,
                null));
  }

  /**
   * Those that listeners refer to, and those of foreign listeners, which the document alone has.
   */
  private static List<Named> groupsOf(Seen seen) {
    var groups = new LinkedHashSet<Named>();
    for (var listener : seen.listeners()) {
      groups.addAll(Named.targetGroups(listener.getSpec(), listener.getMetadata().getNamespace()));
    }
    if (seen.config() != null) {
      seen.config().getSpec().pools().forEach(pool -> groups.add(Named.parse(pool.name())));
    }
    return List.copyOf(groups);
  }

  private static List<Door> listeners(Seen seen) {
    var home = home(seen);
    var doors = new ArrayList<Door>();
    seen.listeners().forEach(listener -> doors.add(door(listener, home)));
    if (seen.config() != null) {
      var read = seen.listeners().stream().map(it -> Named.of(it).toString()).toList();
      seen.config().getSpec().listeners().stream()
          .filter(entry -> !read.contains(entry.name()))
          .forEach(entry -> doors.add(door(entry)));
    }
    doors.sort(Comparator.comparing(Door::name));
    return doors;
  }

  private static Door door(Listener listener, String home) {
    var spec = listener.getSpec();
    var status = listener.getStatus();
    var state = State.of(listener.getMetadata(), status == null ? List.of() : status.conditions());
    var shares = spec.shares();
    return new Door(
        Named.of(listener).in(home),
        spec.protocol().name(),
        ports(spec.port(), spec.lastPort()),
        state.word(),
        state.message(),
        status == null ? null : status.activeConnections(),
        shares.stream()
            .map(
                share ->
                    Named.of(share.ref(), listener.getMetadata().getNamespace()).in(home)
                        + (shares.size() == 1 ? "" : " (" + share.weight() + ")"))
            .toList());
  }

  /** Of a namespace that cannot be read. */
  private static Door door(ForwardingConfigSpec.Entry entry) {
    return new Door(
        entry.name(),
        entry.protocol().name(),
        ports(entry.port(), entry.lastPort()),
        "Served",
        "It is in a namespace that you may not read.",
        null,
        entry.pool() == null ? List.of() : List.of(entry.pool()));
  }

  private static String ports(int first, int last) {
    return first == last ? String.valueOf(first) : first + "-" + last;
  }

  private static Group group(Seen seen, Named name) {
    var group = seen.groups().get(name);
    var pool =
        seen.config() == null
            ? null
            : seen.config().getSpec().pools().stream()
                .filter(it -> it.name().equals(name.toString()))
                .findFirst()
                .orElse(null);
    boolean checked =
        group != null
            ? group.getSpec().healthCheck() != null
            : pool != null && pool.healthCheck() != null;
    var policy = group != null ? group.getSpec().policy() : pool != null ? pool.policy() : null;
    var targets = Targets.of(name, checked, seen.slices(), seen.reports());
    int healthy = (int) targets.stream().filter(it -> it.health().equals(Target.HEALTHY)).count();
    return new Group(
        name.in(home(seen)),
        policy == null ? null : Word.of(policy),
        checked,
        new Summary.Health(healthy, targets.size()),
        targets);
  }

  private static String home(Seen seen) {
    return seen.balancer().getMetadata().getNamespace();
  }

  /** The groups of a door in one cell. */
  static String cell(List<String> groups) {
    return groups.stream().collect(joining(", "));
  }
}
