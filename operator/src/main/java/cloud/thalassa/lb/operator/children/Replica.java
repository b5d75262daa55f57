package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.DataplaneReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec.Phase;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One dataplane pod.
 *
 * @param serving its report says that it takes connections, whichever revision it has: a replica
 *     stays in service while it is busy with the next one
 * @param ready it passes its readiness probe
 */
public record Replica(
    String namespace,
    String name,
    String uid,
    List<String> addresses,
    @Nullable String nodeName,
    @Nullable String zone,
    boolean serving,
    boolean ready) {

  public Replica {
    addresses = List.copyOf(addresses);
  }

  /**
   * A replica from its pod and its report.
   *
   * @param report of this pod, if there is one
   * @param zone of the pod's node, if known
   */
  public static Replica of(Pod pod, @Nullable DataplaneReport report, @Nullable String zone) {
    var metadata = pod.getMetadata();
    return new Replica(
        metadata.getNamespace(),
        metadata.getName(),
        metadata.getUid(),
        addresses(pod),
        pod.getSpec() == null ? null : pod.getSpec().getNodeName(),
        zone,
        alive(pod) && report != null && report.getSpec().phase() == Phase.SERVING,
        isReady(pod));
  }

  private static List<String> addresses(Pod pod) {
    var status = pod.getStatus();
    if (status == null) {
      return List.of();
    }
    return Stream.concat(
            status.getPodIPs().stream().map(PodIP::getIp), Stream.ofNullable(status.getPodIP()))
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private static boolean alive(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && pod.getStatus() != null
        && !"Succeeded".equals(pod.getStatus().getPhase())
        && !"Failed".equals(pod.getStatus().getPhase());
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }
}
