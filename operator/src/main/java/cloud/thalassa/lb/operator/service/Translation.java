package cloud.thalassa.lb.operator.service;

import cloud.thalassa.lb.crds.IpFamilyPolicy;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerSpec;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import cloud.thalassa.lb.crds.LocalRef;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.operator.front.Annotation;
import cloud.thalassa.lb.operator.front.Annotations;
import cloud.thalassa.lb.operator.front.GroupNames;
import cloud.thalassa.lb.operator.front.Names;
import cloud.thalassa.lb.operator.front.Place;
import cloud.thalassa.lb.operator.front.Place.Asked;
import cloud.thalassa.lb.operator.front.PortKey;
import cloud.thalassa.lb.operator.front.Remarks;
import cloud.thalassa.lb.operator.front.Translated;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From a Service to the objects that serve it. Never throws for what a user wrote. */
public final class Translation {
  private final Service service;
  private final @Nullable LoadBalancer current;
  private final Remarks remarks;
  private final Annotations annotations;

  private Translation(Service service, @Nullable LoadBalancer current) {
    this.service = service;
    this.current = current;
    remarks = new Remarks(current != null);
    annotations = new Annotations(service, remarks);
  }

  /**
   * What a Service means.
   *
   * @param current the load balancer that was made for it; null: there is none yet
   */
  public static Translated of(Service service, @Nullable LoadBalancer current) {
    return new Translation(service, current).translate();
  }

  private Translated translate() {
    annotations.remarkUnknown();
    var place = Place.of(asked(), annotations, remarks, current);
    var tuning = Tuning.of(service, annotations, remarks);
    var sources = new Sources(service, annotations, remarks);
    var groups = GroupNames.of(annotations, remarks);
    boolean ownGroup = annotations.holds(Annotation.CREATE_SECURITY_GROUP);
    remarkFields(tuning);
    var doors = new ArrayList<Door>();
    for (var port : service.getSpec().getPorts()) {
      var door = door(port, sources.of(port), tuning);
      if (door != null) {
        doors.add(door);
      }
    }
    if (remarks.refused()) {
      return Translated.refused(remarks.list());
    }
    var own = ownGroup ? Door.securityGroup(service, doors) : null;
    var attached =
        Stream.concat(
                groups.stream(), Stream.ofNullable(own).map(group -> group.getMetadata().getName()))
            .distinct()
            .map(LocalRef::new)
            .toList();
    return new Translated(
        loadBalancer(place, tuning, attached),
        doors.stream().map(door -> door.listener(service)).toList(),
        doors.stream().flatMap(door -> door.targetGroups(service)).toList(),
        own,
        remarks.list());
  }

  private Asked asked() {
    var address = Stream.ofNullable(service.getSpec().getLoadBalancerIP()).toList();
    return new Asked("spec.loadBalancerIP", address, families());
  }

  private IpFamilyPolicy families() {
    var policy = Objects.requireNonNullElse(service.getSpec().getIpFamilyPolicy(), "");
    return switch (policy.toLowerCase(Locale.ROOT)) {
      case "preferdualstack" -> IpFamilyPolicy.PREFER_DUAL_STACK;
      case "requiredualstack" -> IpFamilyPolicy.REQUIRE_DUAL_STACK;
      default -> IpFamilyPolicy.SINGLE_STACK;
    };
  }

  private LoadBalancer loadBalancer(Place place, Tuning tuning, List<LocalRef> groups) {
    var lb = new LoadBalancer();
    lb.setMetadata(Names.of(service).metadata());
    lb.setSpec(
        new LoadBalancerSpec(
            place.scheme(),
            place.subnet(),
            place.addresses(),
            place.families(),
            tuning.replicas(),
            groups,
            false,
            null));
    return lb;
  }

  private @Nullable Door door(ServicePort port, List<String> sources, Tuning tuning) {
    var key = PortKey.of(port);
    if (!key.protocol().equals("TCP") && !key.protocol().equals("UDP")) {
      remarks.refuse(
          key,
          "spec.ports: protocol %s cannot be served: use TCP or UDP".formatted(key.protocol()));
    }
    return remarks.refused(key) ? null : new Door(port, key, sources, tuning);
  }

  private void remarkFields(Tuning tuning) {
    var spec = service.getSpec();
    if (Objects.requireNonNullElse(spec.getSelector(), Map.of()).isEmpty()) {
      remarks.refuse(
          "spec.selector is missing: targets are pods that it selects, EndpointSlices of a Service are"
              + " not followed; for addresses by hand write a LoadBalancer, a Listener and a TargetGroup");
    }
    if (Boolean.TRUE.equals(spec.getPublishNotReadyAddresses()) && tuning.healthCheck() == null) {
      remarks.setting(
          "spec.publishNotReadyAddresses: pods get connections when they are ready: set"
              + " health-check-enabled, and the check decides in place of readiness.");
    }
    if ("Local".equals(spec.getExternalTrafficPolicy())
        && tuning.proxyProtocol() == ProxyProtocol.NONE) {
      remarks.note(
          "spec.externalTrafficPolicy: connections go straight to pods whatever it says; pods see"
              + " the client's address by enable-proxy-protocol.");
    }
    if (tuning.proxyProtocol() == ProxyProtocol.V1
        && spec.getPorts().stream().anyMatch(port -> "UDP".equals(port.getProtocol()))) {
      remarks.setting(
          "enable-proxy-protocol: version 1 cannot describe UDP, whose ports get no header: set"
              + " proxy-protocol-version to 2.");
    }
    remarkFamily();
  }

  private void remarkFamily() {
    var families = service.getSpec().getIpFamilies();
    var status = current == null ? null : current.getStatus();
    var addresses = status == null ? List.<Address>of() : status.addresses();
    if (families.isEmpty() || addresses.isEmpty()) {
      return;
    }
    boolean v6 = families.getFirst().equals("IPv6");
    if (addresses.stream().noneMatch(address -> address.ip().contains(":") == v6)) {
      remarks.setting(
          "spec.ipFamilies: %s comes first, and the load balancer has %s: name another subnet, or an address in reserved-ip."
              .formatted(families.getFirst(), addresses.getFirst().ip()));
    }
  }
}
