package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Protocol;
import java.util.List;
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
    @Nullable String zone) {

  public PodTarget {
    ips = List.copyOf(ips);
    ports = List.copyOf(ports);
  }

  public record NamedPort(String name, Protocol protocol, int port) {}
}
