package cloud.thalassa.lb.e2e.kube;

import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;

/** The kubelet of pods that are not ours: what a test says about them. */
public final class TestPods {
  private TestPods() {}

  public static void report(
      KubernetesClient client, String namespace, String pod, String address, boolean ready) {
    client
        .pods()
        .inNamespace(namespace)
        .withName(pod)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.STRATEGIC_MERGE),
            PodStatuses.running(List.of(new PodIP(address)), ready));
  }
}
