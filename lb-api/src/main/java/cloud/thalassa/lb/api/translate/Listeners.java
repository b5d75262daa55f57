package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.ListenerRequest;
import cloud.thalassa.lb.api.wire.ListenerView;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.ObjectRef;
import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Optional;

/** Listeners as clients read and write them. */
public final class Listeners {
  private static final int LONGEST_NAME = 200;
  private static final int MOST = 100;
  private static final int MOST_SOURCES = 256;

  private Listeners() {}

  public static ListenerView view(World world, Listener listener) {
    var literal = ListenerLiteral.of(listener);
    return new ListenerView(
        Heads.of(listener),
        literal.port(),
        literal.protocol(),
        world.targetGroup(listener).map(Heads::ref).orElse(null),
        literal.maxConnections(),
        literal.connectionIdleTimeout(),
        literal.sources(),
        Optional.ofNullable(listener.getStatus())
            .flatMap(it -> LoadBalancerStates.trouble(it.conditions()))
            .orElse(null));
  }

  /** One more listener of the load balancer. */
  public static Listener create(World world, LoadBalancer balancer, ListenerRequest request) {
    return create(world, balancer, world.listeners(balancer), request);
  }

  /**
   * One more listener.
   *
   * @param others those that the load balancer has already
   */
  public static Listener create(
      World world, LoadBalancer balancer, List<Listener> others, ListenerRequest request) {
    if (balancer.getMetadata().getDeletionTimestamp() != null) {
      throw Refusal.conflict("load balancer %s is being deleted".formatted(Identity.of(balancer)));
    }
    if (others.size() >= MOST) {
      throw Refusal.invalid(
          "loadbalancerListeners",
          "the load balancer has %d listeners already, and at most %d are allowed"
              .formatted(others.size(), MOST));
    }
    var literal = literal(world, balancer, request);
    var metadata = balancer.getMetadata();
    var listener = new Listener();
    var created = Heads.created(metadata.getNamespace(), LONGEST_NAME, request);
    created.setName(name(metadata.getName(), created.getName()));
    listener.setMetadata(Heads.written(created, request));
    listener.setSpec(literal.alone(new ObjectRef(metadata.getName(), null)));
    refuseTakenPort(others, listener);
    literal.note(listener.getMetadata());
    return listener;
  }

  /** Listeners of all load balancers of a VPC lie in one namespace. */
  private static String name(String balancer, String name) {
    return name.startsWith(balancer + "-") ? name : balancer + "-" + name;
  }

  /**
   * The listener of the load balancer as it was created, whose name may be another one than was
   * planned. The cluster clears the listener away with it if nobody else does.
   */
  public static Listener moved(Listener listener, LoadBalancer balancer) {
    var ref = new ObjectRef(balancer.getMetadata().getName(), null);
    listener.setSpec(ListenerLiteral.moved(listener.getSpec(), ref));
    var owner =
        new OwnerReferenceBuilder()
            .withApiVersion(balancer.getApiVersion())
            .withKind(balancer.getKind())
            .withName(ref.name())
            .withUid(balancer.getMetadata().getUid())
            .build();
    listener.getMetadata().setOwnerReferences(List.of(owner));
    return listener;
  }

  public static Listener update(
      World world, LoadBalancer balancer, Listener previous, ListenerRequest request) {
    Heads.checkVersion(previous, request);
    var literal = literal(world, balancer, request);
    var next = new Listener();
    next.setMetadata(Heads.written(previous.getMetadata(), request));
    next.setSpec(literal.over(previous.getSpec()));
    refuseTakenPort(
        world.listeners(balancer).stream()
            .filter(it -> !Identity.of(it).equals(Identity.of(previous)))
            .toList(),
        next);
    if (next.getSpec().protocol() != previous.getSpec().protocol()) {
      throw Refusal.invalid(
          "protocol",
          "a listener stays with %s: create another one for %s"
              .formatted(ListenerLiteral.of(previous).protocol(), literal.protocol()));
    }
    literal.note(next.getMetadata());
    return next;
  }

  private static ListenerLiteral literal(
      World world, LoadBalancer balancer, ListenerRequest request) {
    int port = Text.port("port", request.port());
    var protocol = Protocols.word(request.protocol());
    var sources = request.allowedSources();
    if (sources != null && sources.size() > MOST_SOURCES) {
      throw Refusal.invalid("allowedSources", "at most %d are allowed".formatted(MOST_SOURCES));
    }
    return new ListenerLiteral(
        port,
        protocol,
        targetGroup(world, balancer, protocol, request).getMetadata().getName(),
        Text.count("maxConnections", request.maxConnections()),
        Text.count("connectionIdleTimeout", request.connectionIdleTimeout()),
        sources);
  }

  private static TargetGroup targetGroup(
      World world, LoadBalancer balancer, String protocol, ListenerRequest request) {
    var identity = Text.required("targetGroup", request.targetGroup());
    var group =
        World.find(world.targetGroups(), identity)
            .orElseThrow(() -> Refusal.unknown("targetGroup", "target group", identity));
    if (!group.getMetadata().getNamespace().equals(balancer.getMetadata().getNamespace())) {
      throw Refusal.invalid("targetGroup", identity + " is in another VPC than the load balancer");
    }
    var its = group.getSpec().protocol();
    if (its != Protocols.kind(protocol)) {
      throw Refusal.invalid(
          "protocol",
          "the listener is %s and its target group is %s: they must be the same"
              .formatted(Protocols.kind(protocol), its));
    }
    return group;
  }

  private static void refuseTakenPort(List<Listener> others, Listener listener) {
    var spec = listener.getSpec();
    others.stream()
        .filter(
            it ->
                it.getSpec().protocol() == spec.protocol()
                    && it.getSpec().port() <= spec.lastPort()
                    && it.getSpec().lastPort() >= spec.port())
        .findFirst()
        .ifPresent(
            other -> {
              throw Refusal.conflict(
                  "port: %s %d is taken by the listener %s of the same load balancer"
                      .formatted(spec.protocol(), spec.port(), Identity.of(other)));
            });
  }
}
