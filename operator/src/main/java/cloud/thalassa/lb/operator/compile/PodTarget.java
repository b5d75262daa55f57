package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.Protocol;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What matters of a pod.
 *
 * @param ips primary address first; empty until the pod has a network
 * @param ports its named container ports
 * @param finished it has run to its end (phase Succeeded or Failed) and will not serve again
 * @param terminating it was asked to stop
 */
public record PodTarget(
    String namespace,
    String name,
    @Nullable String uid,
    List<String> ips,
    List<NamedPort> ports,
    boolean finished,
    boolean ready,
    boolean terminating,
    @Nullable String nodeName,
    @Nullable String zone,
    Set<Trait> traits) {
  private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

  public PodTarget {
    ips = List.copyOf(ips);
    ports = List.copyOf(ports);
    traits = Set.copyOf(traits);
  }

  /** What makes a pod unlike others. */
  public enum Trait {
    /** It is a dataplane pod of a load balancer, or says so. */
    REPLICA,
    /** Its addresses are those of its node, which no policy of pods is about. */
    HOST_NETWORK
  }

  public record NamedPort(String name, Protocol protocol, int port) {}

  /** As the endpoints of slices name it. */
  public ObjectReference reference() {
    return new ObjectReferenceBuilder()
        .withKind("Pod")
        .withNamespace(namespace)
        .withName(name)
        .withUid(uid)
        .build();
  }

  /**
   * Reads a pod. In a directory a pod without a Ready condition counts as ready, because nobody
   * writes one there.
   *
   * @param zone of its node, where known
   */
  public static PodTarget of(Pod pod, @Nullable String zone, Site site) {
    var metadata = pod.getMetadata();
    var status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    var spec = pod.getSpec();
    return new PodTarget(
        metadata.getNamespace(),
        metadata.getName(),
        metadata.getUid(),
        ips(status),
        spec == null ? List.of() : ports(spec.getContainers(), spec.getInitContainers()),
        status.getPhase() != null && FINISHED.contains(status.getPhase()),
        ready(status, site),
        metadata.getDeletionTimestamp() != null,
        spec == null ? null : spec.getNodeName(),
        zone,
        traits(pod));
  }

  private static Set<Trait> traits(Pod pod) {
    var traits = EnumSet.noneOf(Trait.class);
    var labels = pod.getMetadata().getLabels();
    if (labels != null
        && labels.containsKey(Api.LOAD_BALANCER_LABEL)
        && Api.DATAPLANE.equals(labels.get(Api.COMPONENT_LABEL))) {
      traits.add(Trait.REPLICA);
    }
    if (pod.getSpec() != null && Boolean.TRUE.equals(pod.getSpec().getHostNetwork())) {
      traits.add(Trait.HOST_NETWORK);
    }
    return traits;
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  private static List<String> ips(PodStatus status) {
    var ips = new LinkedHashSet<String>();
    if (status.getPodIP() != null) {
      ips.add(status.getPodIP());
    }
    some(status.getPodIPs()).forEach(ip -> ips.add(ip.getIp()));
    ips.removeIf(ip -> ip == null || ip.isEmpty());
    return List.copyOf(ips);
  }

  /** An init container that always restarts (a sidecar) runs as long as the others. */
  private static List<NamedPort> ports(List<Container> containers, List<Container> inits) {
    var sidecars = some(inits).stream().filter(init -> "Always".equals(init.getRestartPolicy()));
    return Stream.concat(some(containers).stream(), sidecars)
        .flatMap(container -> some(container.getPorts()).stream())
        .filter(port -> port.getName() != null && port.getContainerPort() != null)
        .filter(port -> !"SCTP".equals(port.getProtocol()))
        .map(
            port ->
                new NamedPort(
                    port.getName(),
                    "UDP".equals(port.getProtocol()) ? Protocol.UDP : Protocol.TCP,
                    port.getContainerPort()))
        .toList();
  }

  private static boolean ready(PodStatus status, Site site) {
    return some(status.getConditions()).stream()
        .filter(condition -> "Ready".equals(condition.getType()))
        .findFirst()
        .map(condition -> "True".equals(condition.getStatus()))
        .orElse(site == Site.DIRECTORY);
  }

  /** A list that says {@code null} in YAML says nothing. */
  private static <T> List<T> some(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  /** The number of a named container port; null: the pod has no such port. */
  public @Nullable Integer port(String name, Protocol protocol) {
    for (var port : ports) {
      if (port.name().equals(name) && port.protocol() == protocol) {
        return port.port();
      }
    }
    return null;
  }

  Ref ref() {
    return new Ref(namespace, name);
  }
}
