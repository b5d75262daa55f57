package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.Protocol;
import java.util.List;
import java.util.stream.IntStream;

/** Where a dataplane answers probes and scrapes. */
final class ManagementPort {
  static final int USUAL = 9000;

  private ManagementPort() {}

  /**
   * The usual port, or the first above it that no listener wants: a listener may have any port, and
   * replaces the pods when it takes this one.
   */
  static int besides(List<ServedPort> ports) {
    return IntStream.iterate(USUAL, port -> port + 1)
        .filter(port -> !ports.contains(new ServedPort(Protocol.TCP, port)))
        .findFirst()
        .orElseThrow();
  }
}
