package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.Api;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.time.Duration;
import java.util.List;

/**
 * What is the same for the dataplane pods of all load balancers.
 *
 * @param image container image of the dataplane
 * @param clusterRole the ClusterRole that lets a dataplane read its documents and write its report
 * @param drainDeadline how long a replica lets its connections live when it takes nobody new
 * @param pod what the platform wants of every pod: where it may run, its priority, and the
 *     resources and environment of its container {@code dataplane}. What makes it a dataplane comes
 *     on top
 * @param systemNamespace where the health checkers run, which may reach the management port
 * @param limitEgress whether a NetworkPolicy limits whom the replicas connect to
 * @param apiServerPorts where the API server may be listening, at whatever address
 */
public record DataplaneTemplate(
    String image,
    String imagePullPolicy,
    String clusterRole,
    Duration drainDeadline,
    PodSpec pod,
    String systemNamespace,
    boolean limitEgress,
    List<Integer> apiServerPorts) {

  /**
   * Besides the drain deadline: a replica that ends takes those who still come for up to 15 s, then
   * cuts who is left, and writes its last report.
   */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  /** The platform's part of the container; empty where it wants nothing. */
  Container container() {
    return pod.getContainers().stream()
        .filter(container -> Api.DATAPLANE.equals(container.getName()))
        .findFirst()
        .orElseGet(Container::new);
  }

  long terminationGraceSeconds() {
    return drainDeadline.plus(MARGIN).toSeconds();
  }
}
