package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.EventView;
import cloud.thalassa.lb.api.wire.UsageView;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.event.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The history, as an organisation sees it: without what others do with its load balancers. */
public final class Events {
  private Events() {}

  /** Empty: it is about something of another organisation. */
  public static Optional<EventView> view(
      World world, LoadBalancer balancer, long id, String at, Event event) {
    var number = Long.toString(id);
    return switch (event) {
      case Event.Lifecycle it when it.kind().equals("Listener") ->
          named(world, world.listeners(balancer), it.object())
              .map(name -> lifecycle(number, at, it, name));
      case Event.Lifecycle it -> Optional.of(lifecycle(number, at, it, Heads.name(balancer)));
      case Event.Health it ->
          named(world, world.targetGroups(), it.targetGroup())
              .map(name -> health(number, at, it, name));
      case Event.Failover it -> Optional.of(failover(number, at, it));
      case Event.Usage it -> Optional.empty();
    };
  }

  /**
   * What went through the load balancer.
   *
   * @param points by listener, {@code namespace/name}
   */
  public static UsageView usage(
      World world,
      LoadBalancer balancer,
      String from,
      String to,
      String step,
      Map<String, List<UsageView.Point>> points) {
    var listeners = world.listeners(balancer);
    var lines =
        points.entrySet().stream()
            .filter(entry -> isOurs(world, entry.getKey()))
            .map(entry -> line(listeners, entry.getKey(), entry.getValue()))
            .toList();
    return new UsageView(Heads.ref(balancer), from, to, step, lines);
  }

  private static UsageView.OfListener line(
      List<Listener> listeners, String name, List<UsageView.Point> points) {
    return find(listeners, name)
        .map(it -> new UsageView.OfListener(Identity.of(it), Heads.name(it), points))
        .orElseGet(() -> new UsageView.OfListener(null, bare(name), points));
  }

  private static EventView lifecycle(String id, String at, Event.Lifecycle it, String name) {
    var message =
        "%s %s: %s is %s (%s)%s"
            .formatted(
                it.kind(),
                name,
                it.condition(),
                it.status(),
                it.reason(),
                it.message().isEmpty() ? "" : ": " + it.message());
    return new EventView(
        id,
        at,
        "lifecycle",
        message,
        it.kind(),
        name,
        it.condition(),
        it.status(),
        it.reason(),
        null,
        null);
  }

  private static EventView health(String id, String at, Event.Health it, String name) {
    var state = it.state().name().toLowerCase(Locale.ROOT);
    var address = it.address().indexOf(':') < 0 ? it.address() : "[" + it.address() + "]";
    var target = address + ":" + it.port();
    var message = "%s of target group %s is %s: %s".formatted(target, name, state, it.reason());
    return new EventView(
        id, at, "health", message, "TargetGroup", name, null, state, it.reason(), target, null);
  }

  private static EventView failover(String id, String at, Event.Failover it) {
    return new EventView(
        id, at, "failover", it.cause(), null, null, null, null, null, null, it.since());
  }

  /** What clients call an object of theirs, which may be gone. */
  private static Optional<String> named(
      World world, List<? extends HasMetadata> objects, String object) {
    return isOurs(world, object)
        ? Optional.of(find(objects, object).map(Heads::name).orElse(bare(object)))
        : Optional.empty();
  }

  private static boolean isOurs(World world, String object) {
    var namespace = object.substring(0, Math.max(0, object.indexOf('/')));
    return world.vpcs().stream().anyMatch(it -> it.getMetadata().getName().equals(namespace));
  }

  private static Optional<HasMetadata> find(List<? extends HasMetadata> objects, String object) {
    return objects.stream()
        .filter(
            it -> object.equals(it.getMetadata().getNamespace() + "/" + it.getMetadata().getName()))
        .findFirst()
        .map(HasMetadata.class::cast);
  }

  private static String bare(String object) {
    return object.substring(object.indexOf('/') + 1);
  }
}
