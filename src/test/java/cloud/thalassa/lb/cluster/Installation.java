package cloud.thalassa.lb.cluster;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** Our system in the cluster, as {@code k8s/base} installs it. */
public final class Installation {
  public static final String NAMESPACE = "thalassa-system";
  private static final String COMPONENT = "app.kubernetes.io/component";
  private static final Duration PATIENCE = Duration.ofSeconds(240);
  private static Installation only;

  private final Cluster cluster = Cluster.get();

  private Installation() {}

  /** Installed, or brought up to date, by whoever asks first; stays when the tests end. */
  public static synchronized Installation get() {
    if (only == null) {
      var installation = new Installation();
      installation.install();
      only = installation;
    }
    return only;
  }

  private void install() {
    var base = KubeTools.REPOSITORY.resolve("k8s/base").toString();
    cluster.kubectl("apply", "--server-side", "--force-conflicts", "-k", base);
    var patch =
        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"thalassa-lb/images\":\"%s\"}}}}}"
            .formatted(images());
    for (var deployment : deployments()) {
      cluster.kubectl(
          "patch",
          "deployment",
          deployment.getMetadata().getName(),
          "--namespace=" + NAMESPACE,
          "--type=merge",
          "--patch=" + patch);
    }
    awaitReady();
  }

  /** New images have the old names, so pods are replaced when the archives are others. */
  private static String images() {
    var sum = new CRC32();
    for (var name : List.of("operator", "healthchecker", "dataplane")) {
      var archive = KubeTools.REPOSITORY.resolve("target/images/" + name + ".tar");
      if (Files.exists(archive)) {
        sum.update(bytes(archive));
      }
    }
    return Long.toHexString(sum.getValue());
  }

  private static byte[] bytes(Path archive) {
    try {
      return Files.readAllBytes(archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Until all that was asked for runs, and nothing else. */
  public void awaitReady() {
    await("operator and health checker are ready")
        .atMost(PATIENCE)
        .until(() -> deployments().stream().allMatch(Installation::ready));
  }

  private List<Deployment> deployments() {
    return cluster.client().apps().deployments().inNamespace(NAMESPACE).list().getItems();
  }

  private static boolean ready(Deployment deployment) {
    var status = deployment.getStatus();
    var wanted = deployment.getSpec().getReplicas();
    return deployment.getMetadata().getGeneration().equals(status.getObservedGeneration())
        && wanted.equals(status.getReplicas())
        && wanted.equals(status.getUpdatedReplicas())
        && wanted.equals(status.getReadyReplicas());
  }

  /** Every pod anew. */
  public void restart() {
    cluster.kubectl("rollout", "restart", "deployment", "--namespace", NAMESPACE);
    awaitReady();
  }

  /**
   * The operator with one variable more, {@code NAME=value}, or without it again, {@code NAME-}.
   */
  public void setOperator(String variable) {
    cluster.kubectl("set", "env", "deployment/operator", "--namespace=" + NAMESPACE, variable);
    awaitReady();
  }

  /** Of a component: {@code operator} or {@code healthchecker}. */
  public List<Pod> pods(String component) {
    return cluster.pods(NAMESPACE, Map.of(COMPONENT, component));
  }

  /** Until a pod of the component has been started, whether or not it is ready yet. */
  public void awaitStarted(String component) {
    await("a pod of " + component + " is started")
        .atMost(PATIENCE)
        .until(
            () ->
                pods(component).stream()
                    .anyMatch(pod -> "Running".equals(pod.getStatus().getPhase())));
  }

  /** Returns when that many are ready and the others gone; 0 is as good as any number. */
  public void scale(String component, int replicas) {
    cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .withName(component)
        .scale(replicas);
    cluster.awaitPods(NAMESPACE, Map.of(COMPONENT, component), replicas);
  }
}
