package cloud.thalassa.lb.api.console;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import cloud.thalassa.lb.api.console.BalancerDetail.DoorRow;
import cloud.thalassa.lb.api.console.BalancerDetail.Fact;
import cloud.thalassa.lb.api.console.BalancerDetail.Group;
import cloud.thalassa.lb.api.console.BalancerDetail.TargetRow;
import cloud.thalassa.lb.api.replica.Flow;
import cloud.thalassa.lb.api.translate.Listeners;
import cloud.thalassa.lb.api.translate.LoadBalancers;
import cloud.thalassa.lb.api.translate.World;
import cloud.thalassa.lb.api.wire.HealthView;
import cloud.thalassa.lb.api.wire.LoadBalancerView;
import cloud.thalassa.lb.api.wire.Ref;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus;
import cloud.thalassa.lb.crds.replica.Traffic;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One load balancer at one moment: what there is, how it is, what flows, and what was. */
record Scene(
    World world, LoadBalancer balancer, HealthView health, Flow flow, Past past, Instant now) {
  private static final int EVENTS = 20;
  private static final String NONE = "–";
  private static final Fact NO_CHANGE = new Fact("Last change", NONE, "nothing is in service yet");
  private static final Fact NO_FAILOVER = new Fact("Last failover", "None", "no replica has died");

  BalancerDetail detail() {
    var view = LoadBalancers.view(world, balancer);
    long unwell =
        health.targetGroups().stream().filter(it -> !it.status().equals("healthy")).count();
    var state = State.of(view, unwell);
    return new BalancerDetail(
        Addresses.balancer(view.head().identity()),
        view.head().identity(),
        view.head().name(),
        view.head().description(),
        state,
        view.statusMessage() == null ? "" : view.statusMessage(),
        spoken(state),
        view.externalIpAddresses(),
        facts(view),
        Charts.of(flow.moments(), now),
        silent(),
        world.listeners(balancer).stream().map(it -> door(view, it)).toList(),
        health.targetGroups().stream().map(this::group).toList(),
        Charts.ofUsage(past.usage(), now),
        past.happenings(EVENTS, now),
        past.trouble(),
        to(view));
  }

  private String spoken(State state) {
    return health.targetGroups().stream()
        .map(
            it ->
                "%s: %d of %d targets healthy"
                    .formatted(it.targetGroup().name(), it.healthy(), it.total()))
        .collect(joining(". ", state.word() + ". ", ""));
  }

  private List<Fact> facts(LoadBalancerView view) {
    var status = Optional.ofNullable(balancer.getStatus());
    var facts = new ArrayList<Fact>();
    facts.add(status.map(LoadBalancerStatus::lastChange).map(Scene::fact).orElse(NO_CHANGE));
    facts.add(status.map(LoadBalancerStatus::lastFailover).map(this::fact).orElse(NO_FAILOVER));
    facts.add(
        new Fact(
            "Replicas",
            status
                .map(LoadBalancerStatus::replicas)
                .map(it -> it.ready() + " of " + it.desired() + " ready")
                .orElse("0 of " + balancer.getSpec().replicas() + " ready"),
            ""));
    facts.add(new Fact("VPC", view.vpc().name(), ""));
    facts.add(new Fact("Subnet", view.subnet().name(), scheme(view)));
    facts.add(
        new Fact(
            "Security groups",
            view.securityGroups().isEmpty()
                ? "None"
                : view.securityGroups().stream().map(Ref::name).collect(joining(", ")),
            view.securityGroups().isEmpty() ? "listeners alone say who may connect" : ""));
    facts.add(new Fact("Deletion protection", view.deleteProtection() ? "On" : "Off", ""));
    facts.add(new Fact("Created", Words.ago(view.head().createdAt(), now), ""));
    return facts;
  }

  private static String scheme(LoadBalancerView view) {
    return view.internalIpAddresses().isEmpty() ? "" : "internal";
  }

  private static Fact fact(LoadBalancerStatus.LastChange it) {
    return new Fact(
        "Last change",
        "In service after " + Words.milliseconds(it.appliedInMilliseconds()),
        it.connectionsReset() == 1
            ? "1 connection cut since"
            : it.connectionsReset() + " connections cut since");
  }

  private Fact fact(LoadBalancerStatus.LastFailover it) {
    return new Fact(
        "Last failover",
        Words.ago(it.time(), now),
        it.cause() + " (" + Words.milliseconds(it.durationMilliseconds()) + ")");
  }

  private String silent() {
    var traffic = flow.now();
    if (traffic == null) {
      return flow.moments().isEmpty()
          ? "The first figures come in a few seconds."
          : "No replica answers, so there are no figures now.";
    }
    return traffic.silent() == 0
        ? ""
        : "%d of %d replicas do not answer: the figures are without them."
            .formatted(traffic.silent(), traffic.silent() + traffic.replicas());
  }

  private DoorRow door(LoadBalancerView balancerView, Listener listener) {
    var view = Listeners.view(world, listener);
    var group = view.targetGroup();
    var door =
        Optional.ofNullable(flow.now())
            .flatMap(
                it ->
                    it.listeners().stream()
                        .filter(d -> d.name().equals(path(listener)))
                        .findFirst());
    long most = listener.getSpec().maxConnections();
    return new DoorRow(
        Addresses.balancer(balancerView.head().identity())
            + "/listeners/"
            + Addresses.encoded(view.head().identity()),
        view.head().name(),
        State.serving(view.statusMessage() != null),
        view.statusMessage() == null ? "" : view.statusMessage(),
        listener.getSpec().protocol().toString(),
        view.port(),
        group == null ? "" : group.name(),
        group == null ? "" : Addresses.group(group.identity()),
        door.map(it -> Words.number(it.connections())).orElse(NONE),
        door.map(it -> Words.number(it.opened())).orElse(NONE),
        door.map(it -> Words.bytesPerSecond(it.bytesToTarget())).orElse(NONE),
        door.map(it -> Words.bytesPerSecond(it.bytesToClient())).orElse(NONE),
        door.map(Scene::errors).orElse(NONE),
        most == 0 ? "none" : Words.number(most),
        listener.getSpec().allowedSources());
  }

  private static String errors(Traffic.Door door) {
    return Words.number(door.errors()) + (door.mostly() == null ? "" : " " + door.mostly());
  }

  private Group group(HealthView.Group it) {
    var connections = connections(it.targetGroup());
    return new Group(
        Addresses.group(it.targetGroup().identity()),
        it.targetGroup().name(),
        State.ofGroup(it.status()),
        it.healthy() + " of " + it.total() + " healthy",
        it.targets().stream()
            .map(target -> target(it.targetGroup().name(), target, connections))
            .toList());
  }

  private TargetRow target(String group, HealthView.Target it, Map<String, Long> connections) {
    var address =
        (it.address().contains(":") ? "[" + it.address() + "]" : it.address()) + ":" + it.port();
    var live = connections.get(address);
    return new TargetRow(
        address,
        it.weight(),
        State.ofTarget(it.state()),
        Words.age(it.since(), now),
        it.reason(),
        live == null ? NONE : Words.number(live),
        Strip.of(past.turns(group, address, it), now));
  }

  /** Live ones, by target. */
  private Map<String, Long> connections(Ref group) {
    var traffic = flow.now();
    if (traffic == null) {
      return Map.of();
    }
    var name = path(world.targetGroup(group.identity()));
    return traffic.targets().stream()
        .filter(it -> it.targetGroup().equals(name))
        .collect(toMap(Traffic.Target::address, Traffic.Target::connections, Long::sum));
  }

  /** What somebody most likely asks about. */
  private String to(LoadBalancerView view) {
    var address = view.externalIpAddresses().stream().findFirst().orElse("");
    var port = view.loadbalancerListeners().stream().findFirst().map(it -> it.port()).orElse(443);
    return address.isEmpty()
        ? ""
        : (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
  }

  private static String path(HasMetadata object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }
}
