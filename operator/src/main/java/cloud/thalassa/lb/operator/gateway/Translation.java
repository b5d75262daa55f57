package cloud.thalassa.lb.operator.gateway;

import cloud.thalassa.lb.crds.IpFamilyPolicy;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.ListenerSpec;
import cloud.thalassa.lb.crds.ListenerSpec.WeightedTargetGroup;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerSpec;
import cloud.thalassa.lb.crds.LocalRef;
import cloud.thalassa.lb.crds.ObjectRef;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.front.Annotation;
import cloud.thalassa.lb.operator.front.Annotations;
import cloud.thalassa.lb.operator.front.GroupNames;
import cloud.thalassa.lb.operator.front.Names;
import cloud.thalassa.lb.operator.front.Place;
import cloud.thalassa.lb.operator.front.Place.Asked;
import cloud.thalassa.lb.operator.front.Remarks;
import cloud.thalassa.lb.operator.front.Translated;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewaySpecAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From a Gateway to the objects that serve it. Never throws for what a user wrote. */
public final class Translation {
  private static final int DEFAULT_REPLICAS = 2;
  private static final int MOST_REPLICAS = 32;
  private static final int MOST_CONNECTIONS = 10_000;

  /** What is said about the whole load balancer. */
  private static final Set<Annotation> KNOWN =
      EnumSet.of(
          Annotation.SUBNET,
          Annotation.INTERNAL,
          Annotation.SCHEME,
          Annotation.RESERVED_IP,
          Annotation.SECURITY_GROUPS,
          Annotation.REPLICAS);

  private final Gateway gateway;
  private final @Nullable LoadBalancer current;
  private final Surroundings surroundings;
  private final Remarks remarks;
  private final Annotations annotations;
  private final TreeMap<Ref, TargetGroup> backends = new TreeMap<>();

  private Translation(Gateway gateway, Surroundings surroundings, @Nullable LoadBalancer current) {
    this.gateway = gateway;
    this.surroundings = surroundings;
    this.current = current;
    remarks = new Remarks(current != null);
    annotations = new Annotations(gateway, remarks);
  }

  /**
   * All that is made.
   *
   * @param objects that are made for it, beside it
   * @param backends target groups that are made for Services, beside those
   */
  public record Meaning(Translated objects, List<TargetGroup> backends) {
    public Meaning {
      backends = List.copyOf(backends);
    }
  }

  /**
   * What a Gateway means.
   *
   * @param current the load balancer that was made for it; null: there is none yet
   */
  public static Meaning of(
      Gateway gateway, Surroundings surroundings, @Nullable LoadBalancer current) {
    return new Translation(gateway, surroundings, current).translate();
  }

  private Meaning translate() {
    annotations.remarkUnknown();
    annotations.remarkOthersThan(KNOWN);
    remarkFields();
    var place = Place.of(asked(), annotations, remarks, current);
    var groups = GroupNames.of(annotations, remarks);
    int replicas = annotations.number(Annotation.REPLICAS, 1, MOST_REPLICAS, DEFAULT_REPLICAS);
    if (remarks.refused()) {
      return new Meaning(Translated.refused(remarks.list()), List.of());
    }
    var listeners = new ArrayList<Listener>();
    for (var section : Section.of(gateway)) {
      var routes = Attachment.routes(section, gateway, surroundings);
      if (section.accepted() && !routes.isEmpty()) {
        listeners.add(listener(section, routes.getFirst()));
      }
    }
    return new Meaning(
        new Translated(
            loadBalancer(place, groups, replicas), listeners, List.of(), null, remarks.list()),
        List.copyOf(backends.values()));
  }

  /** Whether an address is asked for in a form that we do not have. */
  static boolean isUnsupported(GatewaySpecAddress address) {
    return address.getType() != null && !address.getType().equals("IPAddress");
  }

  private void remarkFields() {
    gateway.getSpec().getAddresses().stream()
        .filter(Translation::isUnsupported)
        .forEach(
            address ->
                remarks.refuse(
                    "spec.addresses: type %s is not supported: use IPAddress"
                        .formatted(address.getType())));
    var infrastructure = gateway.getSpec().getInfrastructure();
    if (infrastructure != null && infrastructure.getParametersRef() != null) {
      remarks.refuse(
          "spec.infrastructure.parametersRef: a Gateway of Thalassa LB has no parameters: use the annotations of its documentation");
    }
    if (infrastructure != null
        && !(infrastructure.getLabels().isEmpty() && infrastructure.getAnnotations().isEmpty())) {
      remarks.setting("spec.infrastructure: labels and annotations are not passed on.");
    }
  }

  private Asked asked() {
    var addresses =
        gateway.getSpec().getAddresses().stream()
            .filter(address -> !isUnsupported(address))
            .map(GatewaySpecAddress::getValue)
            .filter(Objects::nonNull)
            .toList();
    var families =
        addresses.size() > 1 ? IpFamilyPolicy.REQUIRE_DUAL_STACK : IpFamilyPolicy.SINGLE_STACK;
    return new Asked("spec.addresses", addresses, families);
  }

  private LoadBalancer loadBalancer(Place place, List<String> groups, int replicas) {
    var lb = new LoadBalancer();
    lb.setMetadata(Names.of(gateway).metadata());
    lb.setSpec(
        new LoadBalancerSpec(
            place.scheme(),
            place.subnet(),
            place.addresses(),
            place.families(),
            replicas,
            groups.stream().distinct().map(LocalRef::new).toList(),
            false,
            null));
    return lb;
  }

  private Listener listener(Section section, Route route) {
    var names = Names.of(gateway);
    var listener = new Listener();
    listener.setMetadata(names.metadata(section.key()));
    var shares = new ArrayList<WeightedTargetGroup>();
    for (var backend : Backends.of(route, surroundings)) {
      shares.add(share(backend, listener.getMetadata().getName()));
      var made = backend.made();
      if (made != null) {
        backends.put(Ref.of(made), made);
      }
    }
    listener.setSpec(
        new ListenerSpec(
            new ObjectRef(names.base(), null),
            route.protocol(),
            section.port(),
            null,
            null,
            shares,
            MOST_CONNECTIONS,
            null,
            List.of(),
            0,
            0,
            null,
            null));
    return listener;
  }

  /** A share that nobody gets names a target group that is not there, so that it is refused. */
  private WeightedTargetGroup share(Backend backend, String nobody) {
    var home = gateway.getMetadata().getNamespace();
    var group = Objects.requireNonNullElse(backend.targetGroup(), new Ref(home, nobody));
    return new WeightedTargetGroup(
        group.name(), group.namespace().equals(home) ? null : group.namespace(), backend.weight());
  }
}
