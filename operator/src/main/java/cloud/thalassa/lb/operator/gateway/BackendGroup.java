package cloud.thalassa.lb.operator.gateway;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.TargetGroupSpec;
import cloud.thalassa.lb.crds.WhenNoneHealthy;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.front.Names;
import cloud.thalassa.lb.operator.front.PortKey;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The target group that is made for a port of a Service to which routes lead: one for all of them,
 * beside the Service, because its pods are there.
 */
public final class BackendGroup {
  private static final String PREFIX = "gw-";
  private static final int MOST = 63;
  private static final int DRAIN_SECONDS = 300;

  private BackendGroup() {}

  /** Whether it was made here. */
  public static boolean isOne(TargetGroup group) {
    return serviceOf(group).isPresent();
  }

  /** The Service that it was made for, whether or not that exists; empty: it was not made here. */
  public static Optional<Ref> serviceOf(TargetGroup group) {
    var metadata = group.getMetadata();
    var labels = Objects.requireNonNullElse(metadata.getLabels(), Map.<String, String>of());
    return Optional.ofNullable(labels.get(Api.BACKEND_LABEL))
        .filter(_ -> Api.OPERATOR.equals(labels.get("app.kubernetes.io/managed-by")))
        .map(service -> new Ref(metadata.getNamespace(), service));
  }

  static TargetGroup of(Service service, ServicePort port, Protocol protocol) {
    var spec = service.getSpec();
    boolean sticky = "ClientIP".equals(spec.getSessionAffinity());
    var group = new TargetGroup();
    group.setMetadata(metadata(service, new PortKey(protocol.name(), port.getPort())));
    group.setSpec(
        new TargetGroupSpec(
            protocol,
            port.getTargetPort() == null ? new IntOrString(port.getPort()) : port.getTargetPort(),
            new LabelSelectorBuilder().withMatchLabels(new TreeMap<>(spec.getSelector())).build(),
            List.of(),
            sticky ? SelectionPolicy.MAGLEV : SelectionPolicy.ROUND_ROBIN,
            ProxyProtocol.NONE,
            null,
            WhenNoneHealthy.REFUSE, // pods that are not ready are none, says the Gateway API
            DRAIN_SECONDS,
            0));
    return group;
  }

  /** Goes with the Service, which does not control it: it may control others of that kind. */
  private static ObjectMeta metadata(Service service, PortKey port) {
    var name = service.getMetadata().getName();
    var suffix = "-" + port.suffix();
    return new ObjectMetaBuilder()
        .withNamespace(service.getMetadata().getNamespace())
        .withName(PREFIX + Names.shortened(name, MOST - PREFIX.length() - suffix.length()) + suffix)
        .addToLabels("app.kubernetes.io/managed-by", Api.OPERATOR)
        .addToLabels(Api.BACKEND_LABEL, name)
        .addNewOwnerReference()
        .withApiVersion("v1")
        .withKind("Service")
        .withName(name)
        .withUid(service.getMetadata().getUid())
        .endOwnerReference()
        .build();
  }
}
