package cloud.thalassa.lb.kubectl.replica;

import cloud.thalassa.lb.crds.replica.Replica;
import cloud.thalassa.lb.kubectl.cluster.Refusal;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * Through the API server, where that reaches pods and no NetworkPolicy is in the way. Needs the
 * right to get {@code pods/proxy}.
 */
record ProxiedLine(KubernetesClient client, String namespace, Replica replica)
    implements ReplicaLine {
  @Override
  public String get(String path) throws Silence {
    try {
      var answer =
          client.raw(
              "/api/v1/namespaces/%s/pods/%s:%d/proxy%s"
                  .formatted(namespace, replica.pod(), replica.port(), path));
      if (answer == null) {
        throw new Silence("its pod is gone");
      }
      return answer;
    } catch (KubernetesClientException e) {
      throw new Silence("the API server does not reach it: " + Refusal.words(e));
    }
  }

  @Override
  public void close() {}
}
