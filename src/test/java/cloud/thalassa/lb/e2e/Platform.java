package cloud.thalassa.lb.e2e;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.Cluster;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an administrator installs: {@code k8s/base}, whose pods the tests' node runs. */
public final class Platform {
  static final String NAMESPACE = "thalassa-system";
  static final String COMPONENT = "app.kubernetes.io/component";
  private static Platform only;

  private final Cluster cluster = Cluster.get();

  /** Installed by whoever asks first. */
  public static synchronized Platform get() {
    if (only == null) {
      only = new Platform();
      only.install();
    }
    return only;
  }

  private void install() {
    var base = KubeTools.REPOSITORY.resolve("k8s/base").toString();
    cluster.kubectl("apply", "--server-side", "-k", base);
    for (var deployment : deployments()) {
      cluster
          .client()
          .apps()
          .deployments()
          .inNamespace(NAMESPACE)
          .withName(deployment.getMetadata().getName())
          .scale(1); // the machine is shared with what they serve
    }
    await("the operator and the health checker are ready")
        .atMost(Duration.ofSeconds(90))
        .until(() -> deployments().stream().allMatch(Platform::ready));
  }

  private List<Deployment> deployments() {
    return cluster.client().apps().deployments().inNamespace(NAMESPACE).list().getItems();
  }

  private static boolean ready(Deployment deployment) {
    return deployment.getStatus().getReadyReplicas() != null
        && deployment.getStatus().getReadyReplicas().equals(deployment.getSpec().getReplicas());
  }

  KubernetesClient client() {
    return cluster.client();
  }

  /** Runs that many of a component, and waits until they are ready. */
  void scale(String component, int replicas) {
    cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .withName(component)
        .scale(replicas);
    await(replicas + " of " + component + " are ready")
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                deployments().stream().allMatch(Platform::ready)
                    && pods(component).size() == replicas);
  }

  /** Runs a component with a variable, and waits until it does; null: without it. */
  void setVariable(String component, String name, @Nullable String value) {
    var before = pods(component);
    var assignment = value == null ? name + "-" : name + "=" + value;
    cluster.kubectl(
        "set", "env", "deployment/" + component, "-c", component, "-n", NAMESPACE, assignment);
    await(component + " runs with " + assignment)
        .atMost(Duration.ofSeconds(120))
        .until(
            () ->
                deployments().stream().allMatch(Platform::ready)
                    && pods(component).size() == 1
                    && !before.contains(pod(component)));
    if (component.equals("operator")) {
      await("it leads")
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  String.valueOf(lease().getSpec().getHolderIdentity())
                      .startsWith(pod(component) + "-"));
    }
  }

  List<String> pods(String component) {
    return cluster.node().pods(NAMESPACE, COMPONENT, component);
  }

  /** Of a component: {@code operator} or {@code healthchecker}. */
  String pod(String component) {
    return cluster.node().pods(NAMESPACE, COMPONENT, component).getFirst();
  }

  /** Who leads the operators. */
  Lease lease() {
    return cluster.client().leases().inNamespace(NAMESPACE).withName("thalassa-lb-operator").get();
  }

  /** The pod of the operator that leads; there is one. */
  String leader() {
    var holder = lease().getSpec().getHolderIdentity();
    return pods("operator").stream()
        .filter(pod -> holder.startsWith(pod + "-"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(holder + " is none of the operators"));
  }

  void kill(String component) {
    cluster.node().kill(NAMESPACE, pod(component));
  }

  void restart(String component) {
    cluster.node().restart(NAMESPACE, pod(component));
  }
}
