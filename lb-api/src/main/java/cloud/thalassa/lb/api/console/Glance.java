package cloud.thalassa.lb.api.console;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import cloud.thalassa.lb.api.console.BalancerList.Count;
import cloud.thalassa.lb.api.console.BalancerList.Row;
import cloud.thalassa.lb.api.translate.LoadBalancers;
import cloud.thalassa.lb.api.translate.World;
import cloud.thalassa.lb.api.wire.LoadBalancerView;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus;
import cloud.thalassa.lb.crds.Scheme;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.TargetGroupStatus;
import cloud.thalassa.lb.crds.TargetGroupStatus.Targets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All load balancers of an organisation, those first that somebody should look at. */
final class Glance {
  private static final List<String> KINDS = List.of("bad", "warn", "wait", "off", "good");

  private Glance() {}

  /**
   * @param name a part of it, or of an address; empty: all
   * @param state its word in small letters; empty: all
   */
  static BalancerList at(World world, String name, String state, Instant now) {
    var all = new ArrayList<Row>();
    for (var balancer : world.loadBalancers()) {
      all.add(row(world, balancer, now));
    }
    var counts =
        all.stream().collect(groupingBy(Row::state, counting())).entrySet().stream()
            .map(it -> new Count(it.getKey(), value(it.getKey()), it.getValue()))
            .sorted(Comparator.comparing(it -> KINDS.indexOf(it.state().kind())))
            .toList();
    var rows =
        all.stream()
            .filter(it -> state.isEmpty() || value(it.state()).equals(state))
            .filter(it -> named(it, name.toLowerCase(Locale.ROOT)))
            .sorted(
                Comparator.<Row>comparingInt(it -> KINDS.indexOf(it.state().kind()))
                    .thenComparing(Row::name))
            .toList();
    var query = "?name=" + Addresses.encoded(name) + "&state=" + Addresses.encoded(state);
    return new BalancerList(rows, counts, name, state, query, all.size());
  }

  private static String value(State state) {
    return state.word().toLowerCase(Locale.ROOT);
  }

  private static boolean named(Row row, String part) {
    return part.isEmpty()
        || row.name().toLowerCase(Locale.ROOT).contains(part)
        || row.addresses().stream().anyMatch(it -> it.contains(part));
  }

  private static Row row(World world, LoadBalancer balancer, Instant now) {
    var view = LoadBalancers.view(world, balancer);
    var targets =
        world.listeners(balancer).stream()
            .flatMap(it -> world.targetGroups(it).stream())
            .distinct()
            .map(Glance::targets)
            .flatMap(Optional::stream)
            .toList();
    long unwell = targets.stream().filter(it -> it.healthy() < it.total() - it.draining()).count();
    int healthy = targets.stream().mapToInt(Targets::healthy).sum();
    int total = targets.stream().mapToInt(Targets::total).sum();
    var status = Optional.ofNullable(balancer.getStatus());
    return new Row(
        Addresses.balancer(view.head().identity()),
        view.head().name(),
        State.of(view, unwell),
        trouble(view, unwell),
        view.externalIpAddresses(),
        balancer.getSpec().scheme() == Scheme.INTERNAL ? "Internal" : "External",
        view.vpc().name(),
        status
            .map(LoadBalancerStatus::listeners)
            .map(it -> it.ready() + "/" + it.total())
            .orElse("0/" + view.loadbalancerListeners().size()),
        targets.isEmpty() ? "" : healthy + "/" + total,
        status
            .map(LoadBalancerStatus::replicas)
            .map(it -> it.ready() + "/" + it.desired())
            .orElse("0/" + balancer.getSpec().replicas()),
        Words.age(view.head().createdAt(), now));
  }

  private static String trouble(LoadBalancerView view, long unwell) {
    if (view.statusMessage() != null) {
      return view.statusMessage();
    }
    return unwell == 0
        ? ""
        : unwell == 1
            ? "A target group has targets that are not healthy."
            : unwell + " target groups have targets that are not healthy.";
  }

  private static Optional<Targets> targets(TargetGroup group) {
    return Optional.ofNullable(group.getStatus()).map(TargetGroupStatus::targets);
  }
}
