package cloud.thalassa.lb.operator.observe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServiceSpecBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of foreign objects that the operator looks at. */
final class Slim {
  static final String ZONE_LABEL = "topology.kubernetes.io/zone";

  private Slim() {}

  /** Who wrote which field is larger than many an object, and nobody here asks. */
  static <T extends HasMetadata> T withoutManagers(T object) {
    object.getMetadata().setManagedFields(List.of());
    return object;
  }

  static Pod pod(Pod pod) {
    return new PodBuilder()
        .withMetadata(metadata(pod.getMetadata(), pod.getMetadata().getLabels()))
        .withSpec(pod.getSpec() == null ? null : spec(pod.getSpec()))
        .withStatus(pod.getStatus() == null ? null : status(pod.getStatus()))
        .build();
  }

  /** Most serve the cluster's inside; of them only that is kept, in case they come to us. */
  static Service service(Service service) {
    var metadata = service.getMetadata();
    var type = service.getSpec() == null ? null : service.getSpec().getType();
    if ("LoadBalancer".equals(type) || !metadata.getFinalizers().isEmpty()) {
      return withoutManagers(service);
    }
    return new ServiceBuilder()
        .withMetadata(metadata(metadata, null))
        .withSpec(new ServiceSpecBuilder().withType(type).build())
        .build();
  }

  static Node node(Node node) {
    var labels = node.getMetadata().getLabels();
    var zone = labels == null ? null : labels.get(ZONE_LABEL);
    return new NodeBuilder()
        .withMetadata(
            metadata(node.getMetadata(), zone == null ? Map.of() : Map.of(ZONE_LABEL, zone)))
        .build();
  }

  static Namespace namespace(Namespace namespace) {
    var metadata = namespace.getMetadata();
    return new NamespaceBuilder().withMetadata(metadata(metadata, metadata.getLabels())).build();
  }

  /** Of a Service what says which pods its ports lead to. */
  static Service backend(Service service) {
    var spec = service.getSpec();
    return new ServiceBuilder()
        .withMetadata(metadata(service.getMetadata(), Map.of()))
        .withNewSpec()
        .withSelector(spec.getSelector())
        .withPorts(spec.getPorts())
        .withSessionAffinity(spec.getSessionAffinity())
        .endSpec()
        .build();
  }

  private static ObjectMeta metadata(ObjectMeta metadata, @Nullable Map<String, String> labels) {
    return new ObjectMetaBuilder()
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName())
        .withUid(metadata.getUid())
        .withResourceVersion(metadata.getResourceVersion())
        .withCreationTimestamp(metadata.getCreationTimestamp())
        .withDeletionTimestamp(metadata.getDeletionTimestamp())
        .withLabels(labels)
        .build();
  }

  private static PodSpec spec(PodSpec spec) {
    return new PodSpecBuilder()
        .withNodeName(spec.getNodeName())
        .withHostNetwork(spec.getHostNetwork())
        .withContainers(containers(spec.getContainers()))
        .withInitContainers(containers(spec.getInitContainers()))
        .build();
  }

  /** Only ports with a name can be referred to. */
  private static List<Container> containers(List<Container> containers) {
    return containers.stream()
        .map(
            container ->
                new ContainerBuilder()
                    .withRestartPolicy(container.getRestartPolicy())
                    .withPorts(
                        container.getPorts().stream()
                            .filter(port -> port.getName() != null)
                            .toList())
                    .build())
        .filter(container -> !container.getPorts().isEmpty())
        .toList();
  }

  private static PodStatus status(PodStatus status) {
    return new PodStatusBuilder()
        .withPhase(status.getPhase())
        .withPodIP(status.getPodIP())
        .withPodIPs(status.getPodIPs())
        .withConditions(
            status.getConditions().stream().filter(c -> "Ready".equals(c.getType())).toList())
        .build();
  }
}
