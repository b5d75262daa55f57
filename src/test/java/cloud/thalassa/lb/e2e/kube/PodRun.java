package cloud.thalassa.lb.e2e.kube;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pod on the {@link Node}: its process, kept running, probed, and ended when it is deleted. */
final class PodRun {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofMillis(500)).build();

  private final ApiServer api;
  private final Sandbox sandbox;
  private final int managementPort;
  private Pod pod;
  private @Nullable Child process;
  private boolean held;
  private boolean forsaken;
  private @Nullable Instant terminating;
  private @Nullable String written;

  PodRun(ApiServer api, Pod pod, Program program) {
    this.api = api;
    this.pod = pod;
    this.sandbox = new Sandbox(api, pod, program);
    this.managementPort =
        pod.getSpec().getContainers().getFirst().getPorts().stream()
            .filter(port -> "management".equals(port.getName()))
            .mapToInt(port -> port.getContainerPort())
            .findFirst()
            .orElse(9000);
  }

  /** Once in each period; {@code now} is null when the pod is no longer in the API. */
  synchronized boolean tick(@Nullable Pod now) {
    if (now == null) {
      end();
      return false;
    }
    if (forsaken) {
      return true;
    }
    pod = now;
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      return terminate();
    }
    if (pod.getSpec().getNodeName() == null) {
      bind();
    }
    if (!held && (process == null || !process.alive())) {
      process = sandbox.start();
    }
    report(probe());
    return true;
  }

  synchronized void kill() {
    held = true;
    if (process != null) {
      process.kill();
    }
  }

  synchronized void restart() {
    held = false;
  }

  synchronized void forsaken(boolean now) {
    forsaken = now;
  }

  void connected(boolean now) {
    sandbox.connected(now);
  }

  synchronized @Nullable Child process() {
    return process;
  }

  String address() {
    return sandbox.ipv4;
  }

  Pod pod() {
    return pod;
  }

  private boolean terminate() {
    if (terminating == null) {
      terminating = Instant.now();
      if (process != null) {
        process.terminate();
      }
    }
    var grace = pod.getMetadata().getDeletionGracePeriodSeconds();
    if (process != null
        && process.alive()
        && Instant.now().isBefore(terminating.plusSeconds(grace))) {
      report(probe());
      return true;
    }
    end();
    api.client().resource(pod).withGracePeriod(0).delete();
    return false;
  }

  private void end() {
    if (process != null && process.alive()) {
      process.kill();
    }
  }

  private void bind() {
    var metadata = pod.getMetadata();
    var binding =
        new BindingBuilder()
            .withNewMetadata()
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .endMetadata()
            .withNewTarget()
            .withKind("Node")
            .withName(Node.NAME)
            .endTarget()
            .build();
    try {
      api.client().bindings().resource(binding).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != 409) { // bound already, and not yet seen
        throw e;
      }
    }
  }

  private boolean probe() {
    if (process == null || !process.alive()) {
      return false;
    }
    var url = URI.create("http://" + sandbox.ipv4 + ":" + managementPort + "/q/health/ready");
    var request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(1)).build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void report(boolean ready) {
    var state = Boolean.toString(ready);
    if (state.equals(written)) {
      return;
    }
    var condition =
        PodStatuses.running(List.of(new PodIP(sandbox.ipv4), new PodIP(sandbox.ipv6)), ready);
    api.client()
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .subresource("status")
        .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), condition);
    written = state;
  }
}
