package cloud.thalassa.lb.e2e.kube;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import java.time.Instant;
import java.util.List;

/** What a kubelet writes about a pod. */
final class PodStatuses {
  private PodStatuses() {}

  /** A patch for the status of a running pod. */
  static Pod running(List<PodIP> addresses, boolean ready) {
    var now = Instant.now().toString();
    return new PodBuilder()
        .withNewStatus()
        .withPhase("Running")
        .withHostIP("10.78.0.1")
        .withPodIP(addresses.getFirst().getIp())
        .withPodIPs(addresses)
        .withStartTime(now)
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready ? "True" : "False")
        .withLastTransitionTime(now)
        .endCondition()
        .endStatus()
        .build();
  }
}
