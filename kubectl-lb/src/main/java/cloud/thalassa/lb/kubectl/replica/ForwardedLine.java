package cloud.thalassa.lb.kubectl.replica;

import cloud.thalassa.lb.crds.replica.Replica;
import cloud.thalassa.lb.kubectl.cluster.Refusal;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Through the kubelet of its node, which speaks from within the pod: no NetworkPolicy is in the
 * way. Needs the right to create {@code pods/portforward}.
 */
final class ForwardedLine implements ReplicaLine {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LONGEST_ANSWER = 32 << 20;
  private static final int OK = 200;

  private final LocalPortForward forward;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(PATIENCE)
          .build();

  private ForwardedLine(LocalPortForward forward) {
    this.forward = forward;
  }

  static ForwardedLine open(KubernetesClient client, String namespace, Replica replica)
      throws Silence {
    try {
      return new ForwardedLine(
          client
              .pods()
              .inNamespace(namespace)
              .withName(replica.pod())
              .portForward(replica.port(), InetAddress.getLoopbackAddress(), 0));
    } catch (KubernetesClientException e) {
      throw new Silence("no port can be forwarded to it: " + Refusal.words(e));
    }
  }

  @Override
  public String get(String path) throws Silence {
    var host = forward.getLocalAddress().getHostAddress();
    var uri =
        URI.create(
            "http://%s:%d%s"
                .formatted(
                    host.indexOf(':') < 0 ? host : "[" + host + "]", forward.getLocalPort(), path));
    try {
      var answer =
          http.send(
              HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
              BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_ANSWER));
      if (answer.statusCode() != OK) {
        throw new Silence("it answers with status " + answer.statusCode());
      }
      return answer.body();
    } catch (IOException e) {
      throw new Silence("no port can be forwarded to it" + cause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Silence("interrupted");
    }
  }

  private String cause() {
    var causes = forward.getClientThrowables();
    return causes.isEmpty() ? "" : ": " + causes.iterator().next().getMessage();
  }

  @Override
  public void close() {
    http.shutdownNow();
    try {
      forward.close();
    } catch (IOException e) {
      // it is of no use any more either way
    }
  }
}
