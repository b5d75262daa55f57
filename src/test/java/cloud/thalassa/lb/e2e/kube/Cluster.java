package cloud.thalassa.lb.e2e.kube;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One API server for all tests of a build, with our kinds; a namespace for each test. */
public final class Cluster {
  private static final AtomicInteger NAMESPACES = new AtomicInteger();
  private static Cluster only;

  private final ApiServer api;
  private final @Nullable Node node;

  private Cluster(ApiServer api, @Nullable Node node) {
    this.api = api;
    this.node = node;
  }

  /** Started by whoever asks first; ends with the process namespace of the tests. */
  public static synchronized Cluster get() {
    if (only == null) {
      only = start(Node::start, ApiServer.USUAL);
    }
    return only;
  }

  /** In place of the other one: pods are objects here, which nobody makes and nobody runs. */
  public static synchronized Cluster ofObjects() {
    if (only != null) {
      throw new IllegalStateException("another cluster runs in this process");
    }
    only = start(api -> null, ApiServer.FEW);
    return only;
  }

  private static Cluster start(Function<ApiServer, @Nullable Node> node, String controllers) {
    try {
      var directory = KubeTools.empty("cluster");
      var api = ApiServer.start(directory);
      var cluster = new Cluster(api, node.apply(api));
      cluster.kubectl("apply", "--server-side", "-f", KubeTools.REPOSITORY.resolve("crds") + "/");
      api.startControllers(controllers);
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public ApiServer api() {
    return api;
  }

  public Node node() {
    return Objects.requireNonNull(node, "a cluster of objects has no node that runs pods");
  }

  public KubernetesClient client() {
    return api.client();
  }

  /**
   * A new namespace, whose name begins with {@code purpose}, and which takes nothing but pods of
   * the restricted standard. Nobody waits for its deletion.
   */
  public String namespace(String purpose) {
    var name = purpose + "-" + NAMESPACES.incrementAndGet();
    client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
    await("the namespace's ServiceAccount")
        .until(
            () -> client().serviceAccounts().inNamespace(name).withName("default").get() != null);
    return name;
  }

  /** Runs kubectl as administrator; what it prints, or an error that holds it. */
  public String kubectl(String... arguments) {
    var command = new java.util.ArrayList<>(List.of(api.kubectl().toString()));
    command.addAll(List.of(arguments));
    try {
      var log = Files.createTempFile(KubeTools.target(), "kubectl-", ".log");
      var environment = Map.of("KUBECONFIG", api.kubeconfig().toString());
      var code = Child.start("kubectl", log, environment, command).exitCode(120);
      var output = Files.readString(log);
      Files.delete(log);
      if (code != 0) {
        throw new AssertionError(String.join(" ", command) + "\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
